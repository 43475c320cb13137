"""Tempo and key as people write them, and on the wheel that DJs mix by."""

import re
from decimal import Decimal, InvalidOperation

from config.lib.problems import Problem

SLOWEST, FASTEST = 20, 400  # beats a minute
# Below these what was measured is a guess (RhythmExtractor2013: “very low” to 1.0, “low” to 1.5).
SURE_TEMPO, SURE_KEY = 1.5, 0.5

NATURAL = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SHIFTS = {"": 0, "#": 1, "b": -1}
WRITTEN = str.maketrans({"♯": "#", "♭": "b", "♮": "", "–": "-", "—": "-", "−": "-"})
ENGLISH = re.compile(r"([A-G])\s*(#|b|sharp|flat)?[\s-]*(m|min|minor|maj|major)?", re.IGNORECASE)
GERMAN = re.compile(r"(as|es|[a-h])(is|es)?[\s-]*(dur|moll)", re.IGNORECASE)
CAMELOT = re.compile(r"(1[0-2]|[1-9])\s*([AB])", re.IGNORECASE)
SIGNS = {"#": "#", "sharp": "#", "b": "b", "flat": "b"}
# Of pitch classes, as they stand on the wheel: minor, then major.
MINOR = ("Abm", "Ebm", "Bbm", "Fm", "Cm", "Gm", "Dm", "Am", "Em", "Bm", "F#m", "Dbm")
MAJOR = ("B", "F#", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E")


def pitch_of(key: str) -> tuple[int, bool]:
    """Return the pitch class (C is 0) and whether it is minor, of a key as it is kept."""
    is_minor = key.endswith("m")
    name = key.removesuffix("m")
    return (NATURAL[name[0]] + SHIFTS[name[1:]]) % 12, is_minor


_CODES = {pitch_of(key): f"{n}A" for n, key in enumerate(MINOR, start=1)} | {
    pitch_of(key): f"{n}B" for n, key in enumerate(MAJOR, start=1)
}


def camelot(key: str) -> str:
    """Return the code of a key on the Camelot wheel: 1A to 12B; empty for no key."""
    return _CODES[pitch_of(key)] if key else ""


def key_words(key: str) -> str:
    """Return a key as people read it: F♯ minor."""
    name = key.removesuffix("m").replace("#", "♯").replace("b", "♭")
    return f"{name} {'minor' if key.endswith('m') else 'major'}"


def read_key(text: str) -> str:
    """Read a key: “F# minor”, “Gbm”, “G flat major”, “Fis-Moll”, “8A”. Raises Problem.

    A letter alone is major. With Dur and Moll, B is the German one: B flat.
    """
    plain = " ".join(text.translate(WRITTEN).split())
    if not plain:
        return ""
    if found := CAMELOT.fullmatch(plain):
        wheel = MINOR if found[2].upper() == "A" else MAJOR
        return wheel[int(found[1]) - 1]
    if found := GERMAN.fullmatch(plain):
        return _german(found[1].lower(), (found[2] or "").lower(), found[3].lower() == "moll")
    if found := ENGLISH.fullmatch(plain):
        # A small m is minor and a large one major, as musicians write them: Am, AM.
        word = found[3] or ""
        is_minor = word == "m" or word.lower() in {"min", "minor"}
        sign = SIGNS[(found[2] or "").lower()] if found[2] else ""
        return f"{found[1].upper()}{sign}{'m' if is_minor else ''}"
    raise Problem("key-unreadable", "Write a key such as F# minor, Bb or 8A.")


def _german(letter: str, ending: str, is_minor: bool) -> str:
    names = {"h": "B", "b": "Bb", "as": "Ab", "es": "Eb"}
    name = names.get(letter, letter.upper())
    sign = {"is": "#", "es": "b", "": ""}[ending]
    if sign and len(name) > 1:
        raise Problem("key-unreadable", "Write a key such as F# minor, Bb or 8A.")
    return f"{name}{sign}{'m' if is_minor else ''}"


def read_bpm(text: str) -> Decimal | None:
    """Read a tempo, with a point or a comma; None for an empty text. Raises Problem."""
    plain = text.strip().replace(",", ".").lower().removesuffix("bpm").strip()
    if not plain:
        return None
    try:
        bpm = Decimal(plain) if len(plain) <= 12 else Decimal("NaN")
    except InvalidOperation:
        bpm = Decimal("NaN")
    if not bpm.is_finite() or not SLOWEST <= bpm <= FASTEST:
        sentence = f"A tempo is from {SLOWEST} to {FASTEST} beats a minute."
        raise Problem("tempo-unreadable", sentence)
    return bpm.quantize(Decimal("0.01"))

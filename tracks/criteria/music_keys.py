"""Keys of music as rules name them, and which go with which (the circle of fifths)."""

import re

FIFTHS = ["C", "G", "D", "A", "E", "B", "F#", "Db", "Ab", "Eb", "Bb", "F"]
# Each the relative of the one above it.
MINORS = [
    "Am",
    "Em",
    "Bm",
    "F#m",
    "C#m",
    "G#m",
    "Ebm",
    "Bbm",
    "Fm",
    "Cm",
    "Gm",
    "Dm",
]  # each the relative of the one above
ENHARMONIC = {
    **{"Gb": "F#", "C#": "Db", "G#": "Ab", "D#": "Eb", "A#": "Bb", "Cb": "B", "E#": "F"},
    **{"Fb": "E", "Cbm": "Bm", "Fbm": "Em", "E#m": "Fm", "B#m": "Cm"},
    **{"Gbm": "F#m", "Dbm": "C#m", "Abm": "G#m", "D#m": "Ebm", "A#m": "Bbm", "B#": "C"},
    **{"Fb": "E", "Fbm": "Em", "Cbm": "Bm", "E#m": "Fm", "B#m": "Cm"},
}
WRITTEN = re.compile(r"([a-g])\s*([#♯b♭]?)\s*(m|min|minor|maj|major)?", re.IGNORECASE)
CAMELOT = re.compile(r"(1[0-2]|[1-9])\s*([ab])", re.IGNORECASE)
OF_CAMELOT = 8  # the hour of C and A minor


def read(text: str) -> str:
    """Return a key in one spelling (`F#m`, `Bb`), from `f sharp`-like or Camelot writing (`8A`).

    Raises ValueError with a sentence.
    """
    bare = text.strip().replace(" flat", "b").replace(" sharp", "#")
    if hour := CAMELOT.fullmatch(bare):
        names = MINORS if hour[2].lower() == "a" else FIFTHS
        return names[(int(hour[1]) - OF_CAMELOT) % 12]
    found = WRITTEN.fullmatch(bare)
    if found is None:
        raise ValueError("Write a key such as C, F#m, Bb or 8A.")
    sign = {"♯": "#", "♭": "b", "B": "b"}.get(found[2], found[2])
    is_minor = (found[3] or "")[:2].lower() in {"m", "mi"}
    return one_name(f"{found[1].upper()}{sign}{'m' if is_minor else ''}")


def one_name(key: str) -> str:
    """Return the spelling under which a key stands here."""
    return ENHARMONIC.get(key, key)


def spellings(key: str) -> list[str]:
    """Return every way in which this key may stand in a row."""
    return [key, *(other for other, name in ENHARMONIC.items() if name == key)]


def fitting(key: str) -> list[str]:
    """Return the keys that go with it: itself, its relative, and a fifth up and down."""
    key = one_name(key)
    own, other = (MINORS, FIFTHS) if key.endswith("m") else (FIFTHS, MINORS)
    hour = own.index(key)
    near = [own[hour], other[hour], own[(hour + 1) % 12], own[(hour - 1) % 12]]
    return [name for each in near for name in spellings(each)]

"""What goes with what, and how that is said: key, tempo, and how far one sound is from another."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from tracks.criteria import music_keys
from tracks.music_facts.rules import key_words as named

# A DJ turns a deck by as much (± 6 %), and no voice sounds odd yet.
NEAR_TEMPO = Decimal("0.06")
SAME_TEMPO = Decimal("0.01")
AS_IT_IS, HALF, DOUBLE = Decimal(1), Decimal("0.5"), Decimal(2)
FOLDS = {AS_IT_IS: "same tempo", HALF: "half the tempo", DOUBLE: "double the tempo"}
# 1 − cosine of descriptors: encodings of one recording are below 0.05 and its passages below 0.3,
# pieces that have nothing in common about 1.
SOUNDS = (
    (0.15, "almost the same sound"),
    (0.45, "very much alike"),
    (0.75, "alike"),
    (1.0, "a little alike"),
)
UNLIKE = "another sound"


class Traits(NamedTuple):
    """What is known of a track's tempo (beats a minute) and key; None, "" for nothing."""

    bpm: Decimal | None
    key: str


def sound_words(distance: float) -> str:
    """Return how near two sounds are, in words."""
    return next((words for most, words in SOUNDS if distance < most), UNLIKE)


def keys_fit(one: str, other: str) -> bool:
    """Tell whether keys are the same, relatives, or a fifth apart (Camelot: ± 1, or A and B)."""
    return bool(one and other) and other in music_keys.fitting(music_keys.one_name(one))


def tempo_ratio(one: Decimal | None, other: Decimal | None) -> tuple[Decimal, Decimal] | None:
    """Return by how much the other is faster, and whether against half (0.5) or double (2) of it.

    None where they are more than 6 % apart, or not known.
    """
    if not one or not other:
        return None
    for fold in FOLDS:
        ratio = other / (one * fold)
        if abs(ratio - 1) <= NEAR_TEMPO:
            return ratio, fold
    return None


def are_harmonic(one: Traits, other: Traits) -> bool:
    """Tell whether two pieces can be mixed: keys that fit, and tempi within 6 %."""
    return keys_fit(one.key, other.key) and tempo_ratio(one.bpm, other.bpm) is not None


def harmonic_with(traits: Traits) -> Q | None:
    """Return the Q of the tracks that can be mixed with such a one; None where too little is known.

    Always the same as `are_harmonic`.
    """
    if not traits.bpm or not traits.key:
        return None
    tempi = Q()
    for fold in FOLDS:
        middle = traits.bpm * fold
        tempi |= Q(bpm__range=(middle * (1 - NEAR_TEMPO), middle * (1 + NEAR_TEMPO)))
    return tempi & Q(music_key__in=music_keys.fitting(music_keys.one_name(traits.key)))


def reason(seed: Traits, found: Traits, distance: float | None) -> str:
    """Return why a piece stands beside another one: sound, key and tempo, as far as known."""
    parts = [sound_words(distance)] if distance is not None else []
    parts += [word for word in (_key_words(seed.key, found.key), _tempo_words(seed, found)) if word]
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def _key_words(seed: str, found: str) -> str:
    if not found:
        return ""
    name = named(found)
    if seed and music_keys.one_name(seed) == music_keys.one_name(found):
        return f"same key ({name})"
    return f"{name} goes with it" if keys_fit(seed, found) else f"in {name}"


def _tempo_words(seed: Traits, found: Traits) -> str:
    if not found.bpm:
        return ""
    near = tempo_ratio(seed.bpm, found.bpm)
    if near is None:
        return f"{round(found.bpm)} beats a minute"
    ratio, fold = near
    if abs(ratio - 1) <= SAME_TEMPO or fold != AS_IT_IS:
        return FOLDS[fold]
    return f"{abs(ratio - 1):.0%} {'faster' if ratio > 1 else 'slower'}".replace("%", "\u00a0%")

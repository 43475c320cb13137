"""Moods of music, from its tempo, its key and its loudness.

The two axes are those of Russell (“A circumplex model of affect”, 1980): how lively, how bright.
Fast and loud music is heard as lively, and major as brighter than minor: findings since Hevner
(1936, 1937), gathered by Gabrielsson and Lindström (“The role of structure in the musical
expression of emotions”, 2010). Where a piece lies in between, none is told.
The words are moods that tags know (`tracks.tags.rules.MOODS`).
"""

SLOW, FAST = 85.0, 120.0  # beats a minute
QUIET, LOUD = -20.0, -11.0  # LUFS, integrated
WIDE = 12.0  # LU of loudness range
CLEAR = 0.35

# By how lively and whether it is bright.
WORDS = {
    (True, True): ["energetic", "uplifting"],
    (True, False): ["energetic", "tense"],
    (False, True): ["calm", "warm"],
    (False, False): ["melancholic", "mellow"],
}


def moods(
    *, bpm: float | None, key: str, loudness: float | None = None, spread: float | None = None
) -> list[str]:
    """Return up to three moods; none without a tempo or a key, or where it is not clear.

    `key` as it is kept (`Am`), `loudness` in LUFS, `spread` is the loudness range in LU.
    """
    if bpm is None or not key:
        return []
    lively = _between(bpm, SLOW, FAST)
    if loudness is not None:
        lively = 0.7 * lively + 0.3 * _between(loudness, QUIET, LOUD)
    if abs(lively) < CLEAR:
        return []
    found = [*WORDS[lively > 0, not key.endswith("m")]]
    if spread is not None and spread >= WIDE:
        found.append("dramatic")
    return found


def _between(value: float, low: float, high: float) -> float:
    """Return where a value lies between two others: −1 at the lower and below, 1 at the higher."""
    return max(-1.0, min(1.0, 2 * (value - low) / (high - low) - 1))

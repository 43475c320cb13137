"""The coarse way through two rows of Chromaprint words: which stretch lies at which offset."""

import numpy as np
from numpy.typing import NDArray

WORD_S = 1365 / 11025  # Chromaprint: hop of a third of 4,096 samples at 11,025 Hz
KEY_SHIFT = 20  # the 12 upper bits: the steadiest ones, and few enough to meet
PAIRS_MAX = 8_000_000
OFFSETS_MAX = 32
APART = 2  # words; nearer offsets are one, and measured more finely later
WINDOW = 9
LEVEL = 0.70  # of equal bits: unrelated music has 0.50–0.60, the same 0.85 and more
ENOUGH = 0.80  # the same, half a word beside: more than this is no better
MOVE, LEAVE, BACK = 1.5, 1.0, 5.0  # what a change of offset, a gap, a step back costs
TRIES = 6
SHORTEST = 12  # words
BLUR = 24  # words: how far two stretches may overlap in the newer version by their own width

Words = NDArray[np.uint32]
Floats = NDArray[np.float64]


Stretch = tuple[int, int, int, float]


def passages(older: Words, newer: Words) -> list[Stretch]:
    """Return (first word, end, offset in words, share of equal bits) of each common stretch."""
    if not len(older) or not len(newer):
        return []
    offsets = _candidates(older, newer)
    if not len(offsets):
        return []
    alike = np.stack([_equal_bits(older, newer, int(offset)) for offset in offsets])
    kept: list[Stretch] = []
    for _ in range(TRIES):
        found = _stretches(alike, offsets)
        kept = _in_order(found)
        if len(kept) == len(found):
            break
        for start, end, offset, _score in set(found) - set(kept):  # and look again without them
            alike[np.searchsorted(offsets, offset), start:end] = 0
    return kept


def _stretches(alike: Floats, offsets: NDArray[np.int64]) -> list[Stretch]:
    way = _cheapest_way(alike, offsets)
    found: list[Stretch] = []
    edges = np.flatnonzero(np.diff(way)) + 1
    for part in np.split(np.arange(len(way)), edges):
        state = int(way[part[0]])
        if state < len(offsets) and len(part) >= SHORTEST:
            score = float(alike[state, part].mean())
            found.append((int(part[0]), int(part[-1]) + 1, int(offsets[state]), score))
    return found


def _in_order(found: list[Stretch]) -> list[Stretch]:
    """Keep the heaviest chain that never goes back in the newer version.

    A gap lets the way above forget where it was, and music that comes twice would lure it back.
    """
    weights = [(end - start) * (min(score, ENOUGH) - LEVEL) for start, end, _, score in found]
    best, came = list(weights), [-1] * len(found)
    for index, (start, end, offset, _) in enumerate(found):
        for earlier in range(index):
            _, until, before, _ = found[earlier]
            overlap = until + before - (start + offset)
            fits = overlap <= max(BLUR, (end - start) // 2)
            if fits and best[earlier] + weights[index] > best[index]:
                best[index], came[index] = best[earlier] + weights[index], earlier
    chain: list[Stretch] = []
    at = max(range(len(found)), key=lambda index: best[index], default=-1)
    while at >= 0:
        chain.append(found[at])
        at = came[at]
    return chain[::-1]


def _candidates(older: Words, newer: Words) -> NDArray[np.int64]:
    """Return the offsets (place in newer − place in older) at which most words meet."""
    votes = np.zeros(len(older) + len(newer) - 1)
    for shift in (KEY_SHIFT, KEY_SHIFT - 8, 0):
        order = np.argsort(newer >> shift, kind="stable")
        keys = (newer >> shift)[order]
        low = np.searchsorted(keys, older >> shift, "left")
        many = np.searchsorted(keys, older >> shift, "right") - low
        if many.sum() <= PAIRS_MAX or shift == 0:
            many = np.where(many > PAIRS_MAX // max(1, len(older)), 0, many)
            break
    place = np.repeat(np.arange(len(older)), many)
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    met = order[np.repeat(low, many) + within] - place
    np.add.at(votes, met + len(older) - 1, 1)
    votes = np.convolve(votes, [0.5, 1, 0.5], "same")
    chosen: list[int] = []
    for index in np.argsort(votes)[::-1][: OFFSETS_MAX * (2 * APART + 1)]:
        if votes[index] < 4 or len(chosen) == OFFSETS_MAX:
            break
        if all(abs(index - other) > APART for other in chosen):
            chosen.append(int(index))
    return np.sort(np.asarray(chosen, np.int64)) - (len(older) - 1)


def _equal_bits(older: Words, newer: Words, offset: int) -> Floats:
    """Return for each older word how alike the words around it are at this offset, 0…1."""
    alike = np.zeros(len(older))
    low, high = max(0, -offset), min(len(older), len(newer) - offset)
    if high <= low:
        return alike
    differ = older[low:high] ^ newer[low + offset : high + offset]
    bits = np.unpackbits(differ.view(np.uint8)).reshape(-1, 32).sum(axis=1)
    alike[low:high] = 1 - bits / 32
    return np.convolve(alike, np.ones(WINDOW) / WINDOW, "same")


def _cheapest_way(alike: Floats, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Viterbi over the offsets and one more state, "in neither": the state of each older word.

    Going on at an earlier place of the newer version costs more: music that comes twice would
    otherwise be jumped about in.
    """
    count = len(offsets)
    cost = np.full((count + 1, count + 1), MOVE)
    np.fill_diagonal(cost, 0)
    cost[:count, :count][offsets[:, None] > offsets[None, :]] = BACK
    cost[:count, count] = cost[count, :count] = LEAVE
    gain = np.vstack([np.minimum(alike, ENOUGH) - LEVEL, np.zeros(alike.shape[1])])
    best = gain[:, 0].copy()
    came = np.zeros((alike.shape[1], count + 1), np.int16)
    for index in range(1, alike.shape[1]):
        ways = best[:, None] - cost
        came[index] = ways.argmax(axis=0)
        best = ways[came[index], np.arange(count + 1)] + gain[:, index]
    way = np.empty(alike.shape[1], np.int64)
    way[-1] = best.argmax()
    for index in range(alike.shape[1] - 1, 0, -1):
        way[index - 1] = came[index, way[index]]
    return way

"""Segments of a transcript as they are kept: plain JSON, and what people do to them."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, TypedDict

SEGMENTS_MOST, WORDS_MOST = 20_000, 200_000
TEXT_MOST, SPEAKER_MOST, WORD_MOST = 4_000, 60, 200
PAIRS_MOST = 60_000  # of words that are compared: milliseconds of work
LONGEST_MS = 7 * 24 * 3600 * 1000
LOW = 0.5  # below such a confidence a word is shown as unsure
UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")

Words = list[list[Any]]  # [begin_ms, end_ms, text, confidence or None]


class Row(TypedDict):
    """One segment."""

    begin_ms: int
    end_ms: int
    speaker: str
    words: Words


def text_of(row: Row) -> str:
    """Return what is said in a segment."""
    return " ".join(word[2] for word in row["words"])


def row_of(begin_ms: int, end_ms: int, text: str, speaker: str = "") -> Row:
    """Return a segment whose words share its time by their lengths: nobody knows it better."""
    return Row(
        begin_ms=begin_ms, end_ms=end_ms, speaker=speaker, words=_spread(begin_ms, end_ms, text)
    )


def said_anew(row: Row, text: str, *, pairs_most: int = PAIRS_MOST) -> Row:
    """Return a segment that says this: words that stayed keep their times, others share the rest.

    The alignment is Ratcliff and Obershelp's (difflib), over words without case and marks; where
    there are more than so many pairs of words, only what is the same at both ends stays.
    """
    after = split(text)
    before = row["words"]
    keys = [key_of(word[2]) for word in before], [key_of(word) for word in after]
    found: Words = []
    for tag, old, old_end, new, new_end in _steps(*keys, pairs_most):
        if tag == "equal":
            pairs = zip(before[old:old_end], after[new:new_end], strict=True)
            found += [[begin, end, text, sure] for (begin, end, _, sure), text in pairs]
        elif new_end > new:
            begin, end = _room(row, old, old_end)
            found += _spread(begin, end, " ".join(after[new:new_end]))
    return Row(begin_ms=row["begin_ms"], end_ms=row["end_ms"], speaker=row["speaker"], words=found)


def _steps(old: list[str], new: list[str], pairs_most: int) -> list[tuple[str, int, int, int, int]]:
    """Return what leads from one list of words to the other, as difflib tells it."""
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    steps = [("equal", 0, head, 0, head), ("equal", ends[0], len(old), ends[1], len(new))]
    if (ends[0] - head) * (ends[1] - head) > pairs_most:
        middle = [("replace", head, ends[0], head, ends[1])]
    else:
        matcher = SequenceMatcher(None, old[head : ends[0]], new[head : ends[1]], autojunk=False)
        middle = [
            (tag, a + head, b + head, c + head, d + head)
            for tag, a, b, c, d in matcher.get_opcodes()
        ]
    return [steps[0], *middle, steps[1]]


def _same(one: list[str], other: list[str]) -> int:
    """Return how many words are the same from the first one on."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _room(row: Row, old: int, old_end: int) -> tuple[int, int]:
    """Return from when to when there is room for words in the place of these."""
    words = row["words"]
    if old_end > old:
        return words[old][0], words[old_end - 1][1]
    begin = words[old - 1][1] if old else row["begin_ms"]
    end = words[old][0] if old < len(words) else row["end_ms"]
    return begin, max(begin, end)


def _spread(begin_ms: int, end_ms: int, text: str) -> Words:
    words = split(text)
    total = sum(len(word) + 1 for word in words) or 1
    found: Words = []
    at = 0
    for word in words:
        start, at = at, at + len(word) + 1
        length = end_ms - begin_ms
        found.append(
            [begin_ms + length * start // total, begin_ms + length * at // total, word, None]
        )
    return found


def split(text: str) -> list[str]:
    """Return the words of a text. What no page shows is no part of one."""
    return [word[:WORD_MOST] for word in UNREADABLE.sub(" ", text).split()]


def parts(row: Row, text: str) -> list[Row]:
    """Return what becomes of a segment: a line left empty in its text begins another one."""
    texts = [part for part in re.split(r"\n\s*\n", text.replace("\r", "")) if split(part)]
    if len(texts) <= 1:
        return [said_anew(row, text)] if texts else []
    whole = said_anew(row, " ".join(texts))["words"]
    found, at = list[Row](), 0
    for part in texts:
        words = whole[at : at + len(split(part))]
        at += len(words)
        found.append(
            Row(begin_ms=words[0][0], end_ms=words[-1][1], speaker=row["speaker"], words=words)
        )
    found[0]["begin_ms"] = min(row["begin_ms"], found[0]["begin_ms"])
    found[-1]["end_ms"] = max(row["end_ms"], found[-1]["end_ms"])
    return found


def joined(rows: Sequence[Row]) -> Row:
    """Return several segments as one, spoken by the first one's speaker."""
    return Row(
        begin_ms=min(row["begin_ms"] for row in rows),
        end_ms=max(row["end_ms"] for row in rows),
        speaker=rows[0]["speaker"],
        words=[word for row in rows for word in row["words"]],
    )


def checked(rows: Sequence[Row]) -> list[Row]:
    """Return segments in the order of time. Raises ValueError with a sentence for too much."""
    if len(rows) > SEGMENTS_MOST:
        raise ValueError(f"A transcript has at most {SEGMENTS_MOST:,} passages.")
    if sum(len(row["words"]) for row in rows) > WORDS_MOST:
        raise ValueError(f"A transcript has at most {WORDS_MOST:,} words.")
    for row in rows:
        if not 0 <= row["begin_ms"] <= row["end_ms"] <= LONGEST_MS:
            raise ValueError("A passage ends before it begins, or has no time that can be.")
    return sorted((row for row in rows if row["words"]), key=lambda row: row["begin_ms"])


def key_of(text: str) -> str:
    """Return a word as it is compared: without case and marks around it."""
    return text.casefold().strip(" .,;:!?…\"'“”‘’()[]-–—")

"""What `verbose_json` says was heard, as words with their times.

OpenAI's words have lost their commas, which stand in the text of the segments; other servers give
words inside the segments, with a probability. Both are read.
"""

import math
from collections.abc import Sequence
from typing import Any

from django.conf.locale import LANG_INFO

from assistant.providers.openai.wire import host
from assistant.providers.registry import Heard, Segment, Word
from assistant.providers.services import Unusable

WORDS_MOST = 100_000
WORD_CHARS, SPEAKER_CHARS = 200, 60
CODES = {str(info["name"]).lower(): code for code, info in LANG_INFO.items() if "name" in info}
CODES |= {"chinese": "zh", "norwegian": "no", "serbian": "sr", "tagalog": "tl"}


def read(answer: Any, ms: int) -> Heard:
    """Return what an answer about a piece of `ms` milliseconds holds. Raises Unusable.

    Times lie within the piece and in their order, whatever the server says.
    """
    segments = [row for row in answer.get("segments") or [] if row.get("text", "").strip()]
    words = [word for row in answer.get("words") or [] if (word := _word(row, ms))]
    if sum(len(row["text"]) for row in segments) > WORDS_MOST * 6 or len(words) > WORDS_MOST:
        raise Unusable("too-large", f"{host()} heard more words than can be said.")
    if not segments and not words:
        if answer["text"].strip():
            raise Unusable("no-times", f"{host()} gave words without their times.")
        return Heard([], _language(answer))
    found = _apart(segments, _in_order(words), ms) if segments else [_of_words(_in_order(words))]
    return Heard([segment for segment in found if segment.words], _language(answer))


def _apart(rows: list[Any], words: list[Word], ms: int) -> list[Segment]:
    """Return the segments, each with the words whose middle lies before its end."""
    found: list[Segment] = []
    rest, last = words, len(rows) - 1
    for place, row in enumerate(rows):
        begin, end = _span(row, ms)
        if own := [word for each in row.get("words") or [] if (word := _word(each, ms))]:
            mine = _in_order(own)
        elif words:
            until = end if place < last else math.inf
            mine = [word for word in rest if (word.begin_ms + word.end_ms) / 2 <= until]
            rest = rest[len(mine) :]
        else:
            mine = _spread(row["text"].split(), begin, end)
        mine = _with_signs(mine, row["text"].split())
        begin = min([begin, *(word.begin_ms for word in mine)])
        end = max([end, *(word.end_ms for word in mine)])
        speaker = row.get("speaker")
        found.append(
            Segment(
                begin,
                end,
                mine,
                speaker=speaker.strip()[:SPEAKER_CHARS] if isinstance(speaker, str) else "",
                mean_log_probability=_figure(row.get("avg_logprob")),
                no_speech=_figure(row.get("no_speech_prob")),
            )
        )
    return found


def _of_words(words: list[Word]) -> Segment:
    return Segment(words[0].begin_ms, max(word.end_ms for word in words), words)


def _with_signs(words: list[Word], written: Sequence[str]) -> list[Word]:
    """Return the words as they are written, where these are the same ones."""
    if [_bare(word.text) for word in words] != [_bare(text) for text in written]:
        return words
    return [
        word._replace(text=text[:WORD_CHARS]) for word, text in zip(words, written, strict=True)
    ]


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _spread(texts: Sequence[str], begin: int, end: int) -> list[Word]:
    """Share the time of a segment among its words, by their letters: no server said more."""
    whole, before, words = sum(map(len, texts)), 0, []
    for text in texts:
        first = begin + (end - begin) * before // whole
        before += len(text)
        words.append(Word(first, begin + (end - begin) * before // whole, text[:WORD_CHARS]))
    return words


def _in_order(words: list[Word]) -> list[Word]:
    return sorted(words, key=lambda word: (word.begin_ms, word.end_ms))


def _word(row: Any, ms: int) -> Word | None:
    text = row["word"].strip()[:WORD_CHARS]
    begin, end = _span(row, ms)
    sure = _figure(row.get("probability", row.get("confidence")))
    if sure is not None and not 0 <= sure <= 1:
        sure = None
    return Word(begin, end, text, sure) if text else None


def _span(row: Any, ms: int) -> tuple[int, int]:
    """Return begin and end in milliseconds. Raises ValueError where they are no times."""
    begin, end = (float(row[name]) for name in ("start", "end"))
    if not (math.isfinite(begin) and math.isfinite(end)):
        raise ValueError
    first = min(ms, max(0, round(begin * 1000)))
    return first, min(ms, max(first, round(end * 1000)))


def _figure(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _language(answer: Any) -> str:
    """Return the BCP 47 code of what a server calls `english`, or `en`; empty for others."""
    told = answer.get("language")
    if not isinstance(told, str):
        return ""
    name = told.strip().lower()
    if name in CODES:
        return CODES[name]
    return name if 2 <= len(name) <= 3 and name.isascii() and name.isalpha() else ""

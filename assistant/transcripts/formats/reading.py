"""Reading what other programs have written: bounded, line by line, and never believed."""

import html
import json
import re
from typing import Any

from assistant.transcripts.passages import (
    LONGEST_MS,
    SEGMENTS_MOST,
    SPEAKER_MOST,
    TEXT_MOST,
    WORDS_MOST,
    Row,
    checked,
    row_of,
    split,
)
from tracks.lyrics import formats as lyrics

BYTES_MOST = 900 << 10  # a form's request is below 1 MiB
CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
TIMES = re.compile(rf"\s*{CLOCK}\s+-->\s+{CLOCK}(?:\s.*)?", re.ASCII)
VOICE = re.compile(r"<v(?:\.[^ \t>]{0,60})?[ \t]+([^>]{1,200})>")
TAG = re.compile(r"<[^<>]{0,200}>")
LAST_MS = 4_000  # how long a line of LRC is sung that nothing follows
NO_TIMES = "There are no times in this file. Bring a WebVTT, SubRip, LRC or JSON file."


def read(text: str, name: str) -> list[Row]:
    """Return the segments of a file by its name. Raises ValueError with a sentence."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    ending = name.rpartition(".")[2].lower()
    if ending == "json" or (ending not in {"vtt", "srt", "lrc"} and text.lstrip()[:1] in "[{"):
        rows = _json(text) if text.lstrip()[:1] == "{" or ending == "json" else _lrc(text)
    elif ending == "lrc":
        rows = _lrc(text)
    else:
        rows = _cues(text)
    found = checked(rows)
    if not found:
        raise ValueError(NO_TIMES)
    return found


def _cues(text: str) -> list[Row]:
    """Read WebVTT and SubRip alike: a line of times, and lines until an empty one."""
    rows, lines, at = list[Row](), text.split("\n"), 0
    while at < len(lines):
        found = TIMES.fullmatch(lines[at][:400])
        at += 1
        if not found:
            continue
        said = []
        while at < len(lines) and lines[at].strip():
            said.append(lines[at])
            at += 1
        begin, end = _ms(found.groups()[:4]), _ms(found.groups()[4:])
        words = " ".join(said)[: 2 * TEXT_MOST]
        voice = VOICE.search(words)
        speaker = _plain(voice[1])[:SPEAKER_MOST] if voice else ""
        rows.append(row_of(begin, max(begin, end), _plain(words)[:TEXT_MOST], speaker))
        if len(rows) > SEGMENTS_MOST:
            break
    return rows


def _plain(words: str) -> str:
    """Return words without marks; what is escaped comes back, and stays words."""
    return " ".join(split(html.unescape(TAG.sub("", words))))


def _ms(clock: Any) -> int:
    hours, minutes, seconds, rest = clock
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return min(LONGEST_MS, whole * 1000 + int(rest.ljust(3, "0")))


def _lrc(text: str) -> list[Row]:
    lines = [line for line in lyrics.read(text, claims_times=True).lines if line.at_ms is not None]
    ends = [line.at_ms or 0 for line in lines[1:]]
    ends.append((lines[-1].at_ms or 0) + LAST_MS if lines else 0)
    return [
        row_of(line.at_ms or 0, end, line.text[:TEXT_MOST])
        for line, end in zip(lines, ends, strict=True)
    ]


def _json(text: str) -> list[Row]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("This JSON cannot be read.") from error
    return rows_of(found.get("segments") if isinstance(found, dict) else found)


def rows_of(data: Any, *, in_order: bool = True) -> list[Row]:
    """Return segments out of JSON of a stranger's, in the order of time unless told otherwise.

    Raises ValueError with a sentence.

    Words are `[begin_ms, end_ms, text, confidence]`; a segment without any has a `text`.
    """
    if not isinstance(data, list) or len(data) > SEGMENTS_MOST:
        raise ValueError(f"`segments` is a list of at most {SEGMENTS_MOST:,}.")
    rows = [_row(each) for each in data]
    return checked(rows) if in_order else rows


def _row(each: Any) -> Row:
    if not isinstance(each, dict):
        raise ValueError("A segment is an object with begin_ms, end_ms and words or text.")
    begin, end = _time(each.get("begin_ms")), _time(each.get("end_ms"))
    who, text = each.get("speaker") or "", each.get("text") or ""
    if not isinstance(who, str) or not isinstance(text, str):
        raise ValueError("Speaker and text are words.")
    speaker = " ".join(split(who))[:SPEAKER_MOST]
    words = each.get("words")
    if words is None:
        return row_of(begin, end, text[:TEXT_MOST], speaker)
    if not isinstance(words, list) or len(words) > WORDS_MOST:
        raise ValueError("The words of a segment are a list.")
    told = [_word(word) for word in words]
    return Row(begin_ms=begin, end_ms=end, speaker=speaker, words=[word for word in told if word])


def _word(word: Any) -> list[Any]:
    if not isinstance(word, list) or len(word) not in {3, 4} or not isinstance(word[2], str):
        raise ValueError("A word is [begin_ms, end_ms, text, confidence].")
    begin, end, sure = _time(word[0]), _time(word[1]), word[3] if len(word) == 4 else None
    if sure is not None and not (type(sure) in {int, float} and 0 <= sure <= 1):
        raise ValueError("A confidence is a number from 0 to 1, or null.")
    text = "\u00a0".join(split(word[2]))  # one word, for whoever counts them
    return [begin, max(begin, end), text, sure] if text else []


def _time(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LONGEST_MS:
        raise ValueError("Times are whole milliseconds from the begin of the recording.")
    return value

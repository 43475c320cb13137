"""Writing a transcript down: WebVTT (W3C), SubRip, LRC with a time before each word, text."""

import json
from collections.abc import Sequence
from typing import Any

from assistant.transcripts.passages import Row, text_of

CUE_MS, CUE_CHARS = 7_000, 84  # of one caption: what can be read while it stands (BBC guidelines)


def cues(rows: Sequence[Row]) -> list[Row]:
    """Return captions: segments cut to what can be read at once."""
    found: list[Row] = []
    for row in rows:
        words: list[list[Any]] = []
        for word in row["words"]:
            chars = sum(len(each[2]) + 1 for each in words) + len(word[2])
            if words and (chars > CUE_CHARS or word[1] - words[0][0] > CUE_MS):
                found.append(_cue(row, words))
                words = []
            words.append(word)
        if words:
            found.append(_cue(row, words))
    return found


def _cue(row: Row, words: list[list[Any]]) -> Row:
    begin, end = words[0][0], max(words[-1][1], words[0][0] + 1)
    return Row(begin_ms=begin, end_ms=end, speaker=row["speaker"], words=words)


def vtt(rows: Sequence[Row]) -> str:
    """Return WebVTT; a speaker is a voice."""
    blocks = ["WEBVTT\n"]
    for cue in cues(rows):
        words = _in_vtt(text_of(cue))
        if cue["speaker"]:
            words = f"<v {_in_vtt(cue['speaker'])}>{words}</v>"
        blocks.append(f"{_clock(cue['begin_ms'])} --> {_clock(cue['end_ms'])}\n{words}\n")
    return "\n".join(blocks)


def _in_vtt(text: str) -> str:
    """Escape what WebVTT reads as marks; with `>` goes the arrow, too."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")


def srt(rows: Sequence[Row]) -> str:
    """Return SubRip. It knows no escapes: an arrow in the words becomes another one."""
    blocks = []
    for number, cue in enumerate(cues(rows), start=1):
        words = text_of(cue).replace("-->", "→").replace("<", "‹").replace(">", "›")
        who = cue["speaker"].replace("-->", "→").replace("<", "‹").replace(">", "›")
        words = f"{who}: {words}" if who else words
        times = f"{_clock(cue['begin_ms'], ',')} --> {_clock(cue['end_ms'], ',')}"
        blocks.append(f"{number}\n{times}\n{words}\n")
    return "\n".join(blocks)


def lrc(rows: Sequence[Row]) -> str:
    """Return LRC: a time before each line, and before each word in pointed brackets."""
    lines = []
    for cue in cues(rows):
        words = " ".join(f"<{_short(word[0])}>{_in_lrc(word[2])}" for word in cue["words"])
        lines.append(f"[{_short(cue['begin_ms'])}]{words}")
    return "\n".join(lines) + "\n"


def _in_lrc(text: str) -> str:
    """What would be read as a time or a tag becomes another kind of bracket."""
    return text.replace("[", "(").replace("]", ")").replace("<", "‹").replace(">", "›")


def txt(rows: Sequence[Row]) -> str:
    """Return the words alone; a line for each change of speaker."""
    lines, last = list[str](), ""
    for row in rows:
        if row["speaker"] and row["speaker"] != last:
            lines.append(f"\n{row['speaker']}:" if lines else f"{row['speaker']}:")
        last = row["speaker"]
        lines.append(text_of(row))
    return "\n".join(lines) + "\n"


def as_json(rows: Sequence[Row]) -> str:
    """Return the segments as they are."""
    return json.dumps({"segments": list(rows)}, ensure_ascii=False)


def _clock(ms: int, point: str = ".") -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def clock(ms: int) -> str:
    """Return a moment as people read it: 0:07, 1:02:03."""
    seconds = ms // 1000
    if seconds < 3600:
        return f"{seconds // 60}:{seconds % 60:02}"
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _short(ms: int) -> str:
    return f"{ms // 60_000:02}:{ms // 1000 % 60:02}.{ms % 1000 // 10:02}"


WRITERS = {"vtt": vtt, "srt": srt, "lrc": lrc, "txt": txt}
TYPES = {
    "vtt": "text/vtt; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "lrc": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}

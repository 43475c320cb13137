"""What an owner sends of the words of a piece."""

import re
from dataclasses import dataclass
from typing import Any

from charset_normalizer import from_bytes
from django import forms
from django.http import QueryDict

from assistant.transcripts.formats import reading
from assistant.transcripts.passages import (
    PAIRS_MOST,
    SPEAKER_MOST,
    TEXT_MOST,
    Row,
    joined,
    parts,
    row_of,
    said_anew,
    split,
)
from assistant.transcripts.presenters import EDITED_AT_ONCE

PAIRS_AT_ONCE = 2_000_000  # of words that one request has compared
KEY = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
MOMENT = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,3}))?", re.ASCII)


@dataclass(frozen=True)
class Sent:
    """One passage as it came back: which it was, and what it says now."""

    begin_ms: int
    end_ms: int
    speaker: str
    text: str
    is_joined: bool

    @property
    def key(self) -> tuple[int, int]:
        """Return by which it is found again."""
        return self.begin_ms, self.end_ms


def sent_of(data: QueryDict) -> list[Sent]:
    """Return the passages that a form has sent; what is none is passed over."""
    found = []
    for number in range(EDITED_AT_ONCE):
        if key := KEY.fullmatch(data.get(f"key-{number}", "")):
            speaker = " ".join(split(data.get(f"speaker-{number}", "")))[:SPEAKER_MOST]
            text = data.get(f"text-{number}", "")[:TEXT_MOST]
            is_joined = f"join-{number}" in data
            found.append(Sent(int(key[1]), int(key[2]), speaker, text, is_joined))
    return found


def changed_by(rows: list[Row], sent: list[Sent]) -> list[Row]:
    """Return these passages as somebody wants them, in the order of time.

    One that is not there any more comes back with the words that were sent.
    """
    wanted = {one.key: one for one in sent}
    found = list[list[Row]]()
    for row in rows:
        one = wanted.pop((row["begin_ms"], row["end_ms"]), None)
        made = [row] if one is None else _made(row, one)
        if one and one.is_joined and found and found[-1] and made:
            found[-1] = [*found[-1][:-1], joined([found[-1][-1], made[0]]), *made[1:]]
        else:
            found.append(made)
    for one in wanted.values():
        found.append([row_of(one.begin_ms, max(one.key), one.text, one.speaker)])
    return [row for several in found for row in several]


def _made(row: Row, one: Sent) -> list[Row]:
    made = parts(row, one.text)
    for each in made:
        each["speaker"] = one.speaker
    return made


class PassageForm(forms.Form):
    """A passage that no machine heard."""

    new_begin = forms.CharField(label="From", max_length=12, required=False)
    new_end = forms.CharField(label="To", max_length=12, required=False)
    new_text = forms.CharField(
        label="Words",
        max_length=TEXT_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def _ms(self, name: str) -> int | None:
        words = self.cleaned_data[name].strip()
        if not words:
            return None
        found = MOMENT.fullmatch(words)
        if not found:
            raise forms.ValidationError("Write a moment like this: 1:23")
        hours, minutes, seconds, rest = found.groups()
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        return whole * 1000 + int((rest or "").ljust(3, "0"))

    def clean_new_begin(self) -> int | None:
        """Return when it begins, in milliseconds."""
        return self._ms("new_begin")

    def clean_new_end(self) -> int | None:
        """Return when it ends, in milliseconds."""
        return self._ms("new_end")

    def clean(self) -> dict[str, Any]:
        """Refuse words without a moment, and an end before the begin."""
        data = super().clean() or self.cleaned_data
        begin, end = data.get("new_begin"), data.get("new_end")
        if data.get("new_text") and begin is None and not self.errors:
            self.add_error("new_begin", "Say when it begins.")
        if begin is not None and end is not None and end < begin:
            self.add_error("new_end", "It ends before it begins.")
        return data

    def row(self) -> Row | None:
        """Return the passage; None where nobody has written one."""
        text, begin = self.cleaned_data.get("new_text"), self.cleaned_data.get("new_begin")
        if not text or begin is None:
            return None
        end = self.cleaned_data.get("new_end")
        return row_of(begin, begin + 3000 if end is None else end, text)


class ImportForm(forms.Form):
    """A file of words with their times, in place of what is there."""

    file = forms.FileField(
        label="A file of subtitles or lyrics",
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,.lrc,.json"}),
        help_text="WebVTT, SubRip, LRC or JSON, up to 900 kB. It replaces what is there.",
    )

    def clean_file(self) -> list[Row]:
        """Return the passages. Raises ValidationError with a sentence."""
        file = self.cleaned_data["file"]
        if file.size > reading.BYTES_MOST:
            raise forms.ValidationError("The file is larger than 900 kB.")
        data = file.read()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            best = from_bytes(data).best()
            if best is None:
                raise forms.ValidationError("This file is no text.") from None
            text = str(best)
        try:
            return reading.read(text.replace("\0", ""), file.name or "")
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def replaced(old: list[Row], new: list[dict[str, Any]]) -> list[Row]:
    """Return segments as a program sent them; what has text alone keeps the times of its words.

    Raises ValueError with a sentence.
    """
    known = {(row["begin_ms"], row["end_ms"]): row for row in old}
    found, pairs = list[Row](), PAIRS_AT_ONCE
    for row, each in zip(reading.rows_of(new, in_order=False), new, strict=True):
        before = known.get((row["begin_ms"], row["end_ms"]))
        if before and each.get("words") is None:
            wanted = min(PAIRS_MOST, pairs)
            again = said_anew(before, each.get("text") or "", pairs_most=wanted)
            pairs -= min(wanted, len(before["words"]) * len(again["words"]))
            found.append(again | {"speaker": row["speaker"]})
        else:
            found.append(row)
    return found

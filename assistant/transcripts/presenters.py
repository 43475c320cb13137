"""What pages and programs are told of the words of a version."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from assistant.models import Transcript
from assistant.transcripts import selectors
from assistant.transcripts.formats.writing import clock
from assistant.transcripts.passages import LOW, Row, text_of
from config.lib.paging import read_number_cursor
from tracks.access import User
from tracks.addresses import address_by_key
from tracks.models import Track, TrackVersion

PREVIEW_WORDS, PAGE_WORDS, EDITED_AT_ONCE = 100, 1300, 20
PREVIEW_MOST, PAGE_MOST = 12, 100  # passages
FILES = (("vtt", "WebVTT"), ("srt", "SubRip"), ("lrc", "LRC"), ("txt", "Text"))
OUTCOMES: dict[str, str] = {
    Transcript.Outcome.NOTHING: "No words were heard in it",
    Transcript.Outcome.LANGUAGE: "The machine here does not understand its language",
    Transcript.Outcome.UNSURE: "The machine did not understand the words, so it wrote none down",
    Transcript.Outcome.REMOVED: "The words were removed",
}
BAD = {"failed", "quarantined"}


@dataclass(frozen=True)
class Line:
    """One passage as a page shows it; `times` are the begins of its words in hundredths, each
    after the one before."""

    begin: str
    clock: str
    speaker: str
    text: str
    times: str


def version_of(track: Track, viewer: User, number: str = "") -> TrackVersion:
    """Return a version of an opened track: the primary one, or that of this number. Http404."""
    rows = TrackVersion.objects.shown_on(track, viewer).select_related("media__asset")
    if number:
        found = rows.filter(number=read_number_cursor(number)).first()
    else:
        found = rows.filter(pk=track.primary_version_id or track.pk).first()
    if found is None:
        raise Http404
    found.track = track
    return found


def opened(id: UUID, viewer: User, key: str, session: Any, number: str = "") -> TrackVersion:
    """Return a version of a track that this viewer may open. Raises Http404."""
    tracks = Track.objects.opened_by(viewer, key, session)
    track = tracks.select_related("owner").filter(pk=id).first()
    if track is None:
        raise Http404
    return version_of(track, viewer, number)


def own(id: UUID, viewer: User, number: str = "") -> TrackVersion:
    """Return a version of a track of the viewer's own. Raises Http404."""
    track = Track.objects.filter(owner_id=viewer.pk, pk=id).select_related("owner").first()
    if track is None:
        raise Http404
    return version_of(track, viewer, number)


def lines_of(rows: list[Row]) -> list[Line]:
    """Return passages as lines; a speaker is named where another one begins."""
    found, last = list[Line](), ""
    for row in rows:
        times, before = list[str](), row["begin_ms"] // 10
        for word in row["words"]:
            times.append(str(word[0] // 10 - before))
            before = word[0] // 10
        who = row["speaker"] if row["speaker"] != last else ""
        last = row["speaker"]
        begin = f"{row['begin_ms'] / 1000:g}"
        found.append(Line(begin, clock(row["begin_ms"]), who, text_of(row), " ".join(times)))
    return found


def part_of(
    rows: list[Row], begin: int, words_most: int, most: int
) -> tuple[list[Row], int | None]:
    """Return passages from this one on, so many and so many words at most, and which is next."""
    count = 0
    for place in range(begin, len(rows)):
        count += len(rows[place]["words"])
        if place > begin and (count > words_most or place - begin >= most):
            return rows[begin:place], place
    return rows[begin:], None


def place(version: TrackVersion, viewer: User, key: str, *, can_edit: bool) -> dict[str, Any]:
    """Return the context of the words on a track's own page."""
    found = selectors.shown(version, viewer)
    rows, following = (
        part_of(found.segments, 0, PREVIEW_WORDS, PREVIEW_MOST) if found else ([], None)
    )
    context = {
        "version": version,
        "track": version.track,
        "can_edit": can_edit,
        "transcript": found,
        "lines": lines_of(rows),
        "track_url": "",
        "next_url": "" if following is None else page_url(version, key, following),
    }
    if found:
        context["page_url"] = page_url(version, key)
    return context


def page_url(version: TrackVersion, key: str, begin: int = 0) -> str:
    """Return where all words are read, from a passage on."""
    path = reverse("track-transcript", args=[version.track_id])
    return path + _asked(version, key, begin=begin)


def _asked(version: TrackVersion, key: str, *, begin: int = 0) -> str:
    """Return what an address says of version, key and place; nothing for what everybody gets."""
    words: dict[str, str | int] = {}
    if version.pk != version.track.primary_version_id:
        words["v"] = version.number
    if key:
        words["token"] = key
    if begin:
        words["from"] = begin
    return f"?{urlencode(words)}" if words else ""


def page(version: TrackVersion, viewer: User, key: str, begin: int) -> dict[str, Any]:
    """Return the context of the page of all words. Raises Http404 where there are none."""
    found = selectors.shown(version, viewer)
    if found is None or begin >= len(found.segments):
        raise Http404
    rows, following = part_of(found.segments, begin, PAGE_WORDS, PAGE_MOST)
    url = address_by_key(version.track, key)
    if version.pk != version.track.primary_version_id:
        url += f"?v={version.number}"
    return {
        "version": version,
        "track": version.track,
        "transcript": found,
        "lines": lines_of(rows),
        "begin": begin,
        "track_url": url,
        "key": key,
        "can_edit": viewer.is_authenticated and viewer.pk == version.track.owner_id,
        "next_url": "" if following is None else page_url(version, key, following),
        "first_url": page_url(version, key) if begin else "",
        "files": FILES,
        "asked": _asked(version, key),
    }


def state_of(version: TrackVersion) -> dict[str, Any]:
    """Return what an owner is told of the work on the words of a version."""
    job = selectors.job_of(version)
    return {
        "version": version,
        "job": job if job and job.is_live else None,
        "failed": job if job and job.state in BAD else None,
    }


def edit_page(version: TrackVersion, begin: int) -> dict[str, Any]:
    """Return the context of the page that changes the words, so many passages of it."""
    found = selectors.of(version) or Transcript(version=version, outcome="")
    rows = found.segments[begin : begin + EDITED_AT_ONCE]
    total = len(found.segments)
    speech = selectors.machine()
    return state_of(version) | {
        "track": version.track,
        "transcript": found,
        "passages": [passage(number, row) for number, row in enumerate(rows)],
        "begin": begin,
        "first": begin + 1,
        "last": begin + len(rows),
        "total": total,
        "earlier": max(0, begin - EDITED_AT_ONCE) if begin else None,
        "later": begin + EDITED_AT_ONCE if begin + EDITED_AT_ONCE < total else None,
        "speakers": sorted({row["speaker"] for row in found.segments if row["speaker"]}),
        "speech": speech,
        "unwanted": selectors.is_unwanted(version.track),
        "may_hear": selectors.may_read_here(version.track, speech),
        "untimed": bool(total) and selectors.has_untimed_lyrics(version.track),
        "outcome": OUTCOMES.get(found.outcome, ""),
        "offered": lines_of(part_of(found.offer or [], 0, PREVIEW_WORDS, PREVIEW_MOST)[0]),
    }


def passage(number: int, row: Row, text: str | None = None) -> dict[str, Any]:
    """Return one passage as the form has it, with the words of which the machine was not sure."""
    unsure = [word[2] for word in row["words"] if word[3] is not None and word[3] < LOW]
    return {
        "number": number,
        "key": f"{row['begin_ms']}-{row['end_ms']}",
        "clock": clock(row["begin_ms"]),
        "until": clock(row["end_ms"]),
        "speaker": row["speaker"],
        "text": text_of(row) if text is None else text,
        "unsure": unsure,
        "rows": max(2, min(8, len(text_of(row)) // 60 + 1)),
    }


def told(version: TrackVersion, found: Transcript | None) -> dict[str, Any]:
    """Return what a program is told."""
    run = found.run if found else None
    return {
        "track": version.track_id,
        "version": version.pk,
        "revision": found.revision if found else 0,
        "language": found.language if found else "",
        "made_by": {"provider": run.provider, "model": run.model, "version": run.version}
        if run
        else None,
        "edited_at": found.edited_at if found else None,
        "segments": [row | {"text": text_of(row)} for row in found.segments] if found else [],
    }


def sent_back(sent: list[Any], rows: list[Row]) -> list[dict[str, Any]]:
    """Return what somebody sent as the form has it, beside what stands there now."""
    now = {(row["begin_ms"], row["end_ms"]): row for row in rows}
    found = []
    for number, one in enumerate(sent):
        empty = Row(begin_ms=one.begin_ms, end_ms=one.end_ms, speaker="", words=[])
        there = now.get(one.key, empty)
        shown = passage(number, there, text=one.text) | {"speaker": one.speaker}
        differs = text_of(there) != " ".join(one.text.split())
        found.append(shown | {"now": text_of(there) if differs else "", "unsure": []})
    return found

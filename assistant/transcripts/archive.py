"""The words of somebody's pieces, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from assistant.models import NoTranscript, Transcript
from assistant.transcripts.passages import SPEAKER_MOST, WORD_MOST
from config.lib.archive import (
    COUNT,
    ID,
    MS,
    NUMBER,
    TIME,
    YES_OR_NO,
    many,
    maybe,
    moment,
    row,
    text,
)
from config.lib.archive import thing as parts
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.models import Track

WORD = parts(begin_ms=MS, end_ms=MS, text=text(WORD_MOST), confidence=maybe(NUMBER))
SEGMENT = parts(begin_ms=MS, end_ms=MS, speaker=text(SPEAKER_MOST), words=many(WORD))
SCHEMA = row(
    "The words of a version of a track of yours",
    track=ID,
    version=maybe(ID | {"description": "None where you want no words of the track written down."}),
    wanted=YES_OR_NO,
    language=text(12),
    model=text(120) | {"description": "Which machine heard them; empty where people wrote them."},
    revision=COUNT,
    segments=many(SEGMENT),
    edited_at=maybe(TIME),
    made_at=maybe(TIME),
)
WORD_FIELDS = ("begin_ms", "end_ms", "text", "confidence")


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    own = Track.everything.filter(owner_id=person.pk)
    unwanted = set(NoTranscript.objects.filter(track__in=own).values_list("track", flat=True))
    told = Transcript.objects.filter(version__track__in=own).select_related("version", "run")
    for one in told.order_by("pk").iterator(chunk_size=20):
        yield _row(one.version.track_id, wanted=one.version.track_id not in unwanted) | {
            "version": str(one.version_id),
            "language": one.language,
            "model": one.run.model if one.run else "",
            "revision": one.revision,
            "segments": [_segment(segment) for segment in one.segments],
            "edited_at": moment(one.edited_at),
            "made_at": moment(one.made_at),
        }
    for track in sorted(unwanted):
        yield _row(track, wanted=False)


def _row(track: Any, *, wanted: bool) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "version": None,
        "language": "",
        "model": "",
        "revision": 0,
        "segments": [],
    }
    return {"track": str(track), "wanted": wanted, **empty, "edited_at": None, "made_at": None}


def _segment(segment: dict[str, Any]) -> dict[str, Any]:
    words = [dict(zip(WORD_FIELDS, word, strict=True)) for word in segment["words"]]
    return segment | {"words": words}


def register_all() -> None:
    """Say what goes along of transcripts."""
    sentence = (
        "What is said and sung in your tracks, word by word, as a machine heard it or you wrote it."
    )
    register_section(Section("transcripts", sentence, SCHEMA, _rows))

"""What people do to the words of their pieces: every change names the revision it began with."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models.functions import Now

from assistant.events import TRANSCRIPT_CHANGED
from assistant.models import Transcript
from assistant.transcripts.passages import SPEAKER_MOST, Row, checked, split
from config.lib.problems import Problem
from media_pipeline.events.services import VIEWERS, tell
from tracks.access import Person
from tracks.models import Track, TrackVersion
from tracks.visibility.services.closing import draw_anew

CHANGED = (
    "These words were changed since you began. Yours are below; look at what is there now, "
    "then save again."
)


@transaction.atomic
def save(
    *,
    version: TrackVersion,
    by: Person,
    revision: int,
    rows: Sequence[Row],
    language: str | None = None,
) -> Transcript:
    """Let these be the words of a version. Raises Problem, with 409 where others were first."""
    row = _locked(version, by, revision)
    try:
        row.segments = list(checked(rows))
    except ValueError as error:
        raise Problem("transcript-unreadable", str(error), status=422) from error
    row.outcome = Transcript.Outcome.HEARD if row.segments else Transcript.Outcome.REMOVED
    if language is not None:
        row.language = language[:12]
    return _written(row, version, by)


@transaction.atomic
def name_speaker(
    *, version: TrackVersion, by: Person, revision: int, speaker: str, name: str
) -> Transcript:
    """Call a speaker something else everywhere; by the name of another one, both are one."""
    row = _locked(version, by, revision)
    called = " ".join(split(name))[:SPEAKER_MOST]
    for segment in row.segments:
        if segment["speaker"] == speaker:
            segment["speaker"] = called
    return _written(row, version, by)


@transaction.atomic
def take_offer(*, version: TrackVersion, by: Person, revision: int) -> Transcript:
    """Let what a machine has heard since stand in place of what people wrote."""
    row = _locked(version, by, revision)
    if row.offer is None:
        raise Problem("no-offer", "Nothing else was heard.", status=409)
    row.segments, row.run = row.offer, row.offer_run
    row.outcome = Transcript.Outcome.HEARD
    row.offer, row.offer_run = None, None
    _written(row, version, by)
    Transcript.objects.filter(pk=row.pk).update(edited_at=None, edited_by=None)
    return row


@transaction.atomic
def drop_offer(*, version: TrackVersion, by: Person) -> None:
    """Leave everything as people wrote it."""
    _require_owner(version.track, by)
    Transcript.objects.filter(version=version).update(offer=None, offer_run=None)
    draw_anew([version.track_id])


def _locked(version: TrackVersion, by: Person, revision: int) -> Transcript:
    """Return the row as it is now, made where there is none."""
    _require_owner(version.track, by)
    Track.objects.locked(version.track_id)
    row, _ = Transcript.objects.select_for_update().get_or_create(version=version)
    if row.revision != revision:
        raise Problem("transcript-changed", CHANGED, status=409, revision=row.revision)
    return row


def _require_owner(track: Track, by: Person) -> None:
    if track.owner_id != by.pk:
        raise Problem("not-the-owner", "Only its owner changes the words.", status=403)


def _written(row: Transcript, version: TrackVersion, by: Person) -> Transcript:
    row.revision += 1
    row.edited_by_id, row.edited_at = by.pk, Now()
    row.save()
    row.refresh_from_db()
    tell(TRANSCRIPT_CHANGED, of=version.track, by=by.pk, audience=VIEWERS, version=version.pk)
    draw_anew([version.track_id])
    return row

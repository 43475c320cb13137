"""Having words written down: by itself once a piece is ready, or because its owner asks."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from assistant.consent.selectors import may_read, readable
from assistant.events import TRANSCRIPT_CHANGED
from assistant.models import NoTranscript, Transcript
from assistant.transcripts import selectors
from assistant.transcripts.selectors import KIND
from config.lib.problems import Problem
from media_pipeline.events.services import VIEWERS, tell
from media_pipeline.jobs.services import jobs
from media_pipeline.models import Asset, Job
from tracks.access import Person
from tracks.models import Track, TrackVersion
from tracks.visibility.services.closing import draw_anew

AT_ONCE = 100
NO_WORDS = "zxx"  # ISO 639-2: no linguistic content


def expect(*, asset: Asset) -> None:
    """Have the words of all versions of a file heard that have none and may be read."""
    for version in _unheard().filter(media__asset=asset):
        _begin(version)


def sweep() -> None:
    """Begin what a lost signal left undone, or what nobody could hear before; comes round."""
    speech = selectors.machine()
    if speech is None:
        return
    # Those that it may not read would stand before all others for ever.
    may = readable(Track.objects.all(), "" if speech.is_local else speech.name)
    tried = Job.objects.filter(kind=KIND, asset=OuterRef("media__asset"))
    wanted = _unheard().filter(track__in=may).exclude(Exists(tried))
    for version in wanted.order_by("-pk")[:AT_ONCE]:
        _begin(version)


def _unheard() -> QuerySet[TrackVersion]:
    rows = TrackVersion.objects.filter(
        media__asset__ready_at__isnull=False, hidden_at=None, track__deleted_at=None
    )
    rows = rows.exclude(track__language=NO_WORDS)
    return rows.filter(transcript=None, track__no_transcript=None).select_related("media__asset")


def _begin(version: TrackVersion) -> None:
    speech = selectors.machine()
    if speech and selectors.may_hear(version.track_id, speech):
        _enqueue(version)


def _enqueue(version: TrackVersion, **payload: object) -> None:
    jobs.enqueue(KIND, asset=version.media.asset, subject=version, payload=payload)


@transaction.atomic
def ask(*, version: TrackVersion, by: Person) -> None:
    """Have a version heard now, again where it was heard before. Raises Problem.

    What people have changed stays: what is heard then is an offer beside it.
    """
    track = _own(version.track, by)
    speech = selectors.machine()
    if speech is None:
        raise Problem("no-speech", "No machine hears words on this site.", status=409)
    if not Asset.objects.filter(media__version=version, ready_at__isnull=False).exists():
        raise Problem("not-ready", "This version is still being prepared.", status=409)
    if not may_read(track.pk, "" if speech.is_local else speech.name):
        sentence = f"You have not let {speech.label} read this piece."
        raise Problem("may-not-read", sentence, status=409)
    NoTranscript.objects.filter(track=track).delete()
    _enqueue(version, again=True)
    draw_anew([track.pk])


@transaction.atomic
def never(*, track: Track, by: Person) -> None:
    """Let no machine write the words of this piece down; what is there stays."""
    _own(track, by)
    NoTranscript.objects.get_or_create(track=track, defaults={"set_by_id": by.pk})
    draw_anew([track.pk])


@transaction.atomic
def allow(*, track: Track, by: Person) -> None:
    """Let machines write them down again: what has none is heard."""
    _own(track, by)
    NoTranscript.objects.filter(track=track).delete()
    Transcript.objects.filter(version__track=track, outcome=Transcript.Outcome.REMOVED).delete()
    for version in _unheard().filter(track=track):
        _begin(version)
    draw_anew([track.pk])


@transaction.atomic
def remove(*, version: TrackVersion, by: Person) -> None:
    """Take the words of a version away; nothing writes them down again until its owner asks."""
    track = _own(version.track, by)
    row = Transcript.objects.select_for_update().filter(version=version).first()
    if row is None:
        return
    row.outcome, row.segments, row.language = Transcript.Outcome.REMOVED, [], ""
    row.offer, row.offer_run, row.run = None, None, None
    row.edited_at, row.edited_by = None, None
    row.revision += 1
    row.save()
    tell(TRANSCRIPT_CHANGED, of=track, by=by.pk, audience=VIEWERS, version=version.pk)
    draw_anew([track.pk])


def _own(track: Track, by: Person) -> Track:
    if track.owner_id != by.pk:
        raise Problem("not-the-owner", "Only its owner says what is done with it.", status=403)
    return Track.objects.locked(track.pk)

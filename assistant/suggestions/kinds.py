"""When pieces are read: after what is said or heard of them has changed, once for all of it."""

from uuid import UUID

from django.db.models import Q

from assistant.consent.services import on_narrowed
from assistant.events import CONSENT_CHANGED, TRANSCRIPT_CHANGED, TRANSCRIPT_MADE
from assistant.models import Suggestion
from assistant.runs.services import Withdrawn, on_withdrawn
from assistant.suggestions.services import making
from media_pipeline.events.rounds import register_reader
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Event
from tracks.events import TRACK_EDITED, VERSION_MADE_PRIMARY
from tracks.models import Track, TrackVersion

OF_TRACK = {TRACK_EDITED, CONSENT_CHANGED}
OF_VERSION = {TRANSCRIPT_MADE, TRANSCRIPT_CHANGED, VERSION_MADE_PRIMARY}
SECONDS = 300


def read(event: Event) -> None:
    """Have the piece read that an event is about, if it is still there."""
    model, _, pk = event.subject.partition(":")
    version = pk if model == TrackVersion._meta.label_lower else event.data.get("version")
    found = Q(versions=version) if version else Q(pk=pk)
    track = Track.objects.filter(found).first()
    if track:
        making.expect(track)


def do(lease: Lease) -> None:
    """Read one piece."""
    making.make(UUID(lease.job.subject_id))


def _words_went(gone: Withdrawn) -> None:
    """Read anew what was said of words that are there no more."""
    for track in Track.objects.filter(versions__in=gone.versions).distinct():
        making.expect(track)


def _forget(track: UUID, _where: str) -> None:
    """Take away what waits for an answer, where the piece may be read nowhere."""
    Suggestion.objects.filter(track=track, state=Suggestion.State.OPEN).delete()


def register_all() -> None:
    """Say what is read when."""
    on_narrowed(_forget)
    on_withdrawn(_words_went)
    sentence = "Suggests what could be said of a piece"
    kind = Kind(making.JOB, "general", do, sentence, SECONDS, catches_up=True, max_attempts=3)
    register(kind)
    register_reader("written", read, "Has pieces read anew", kinds=OF_TRACK | OF_VERSION)

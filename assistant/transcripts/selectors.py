"""The words of a version, for whoever may read them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from assistant.consent import selectors as consent
from assistant.consent.selectors import may_read, readable
from assistant.models import NoTranscript, Transcript
from assistant.providers.registry import MACHINES, Speech
from assistant.transcripts.passages import Row, text_of
from media_pipeline.models import Job
from media_pipeline.processing.services.muting import spans_of
from tracks.hidden_words import LYRICS, NOBODY, is_hidden, is_owner
from tracks.models import Lyrics, Track, TrackVersion

KIND = "transcribe"
MUTED_MS = 50  # a muted span is silent a little before and after (recipes.MUTED_MARGIN_S)


def machine() -> Speech | None:
    """Return who hears words here; None where nobody does, or it is not there."""
    found = MACHINES.speech.get(settings.NEXUS_SPEECH)
    return found if found and found.is_there() else None


def may_hear(track: UUID, speech: Speech) -> bool:
    """Tell whether this machine may read the piece now, and its owner wants the words."""
    if NoTranscript.objects.filter(track=track).exists():
        return False
    return may_read(track, "" if speech.is_local else speech.name)


def may_keep(track: UUID, speech: Speech) -> bool:
    """Tell the same where the words are about to be kept, and let no word of its owner's come in
    between: locks the piece.
    """
    keeps = consent.may_keep(track, "" if speech.is_local else speech.name)
    return keeps and may_hear(track, speech)


def may_read_here(track: Track, speech: Speech | None) -> bool:
    """Tell whether this machine may read a piece, whatever its owner wants of words."""
    return speech is not None and may_read(track.pk, "" if speech.is_local else speech.name)


def shown(version: TrackVersion, viewer: Any = NOBODY) -> Transcript | None:
    """Return the words of a version that this viewer, else everybody who opens it, may read.

    None where there are none, where a decision hides them, and where a machine alone wrote them
    that may not read the piece any more or was taken back. What is muted is not in them.
    """
    row = told().filter(version=version).first()
    if row is None:
        return None
    if not is_owner(version.track, viewer) and is_hidden(version.track, LYRICS):
        return None
    row.segments = audible(row.segments, version)
    return row if row.segments else None


def told() -> QuerySet[Transcript]:
    """Return the transcripts that are told of, but for what decisions hide."""
    by_people = Q(run=None) | Q(edited_at__isnull=False)
    by_machines = Q(run__withdrawn_at=None, version__track__in=readable(Track.objects.all()))
    return Transcript.objects.filter(by_people | by_machines, outcome=Transcript.Outcome.HEARD)


def audible(segments: list[Row], version: TrackVersion) -> list[Row]:
    """Return the segments without words that are muted in what listeners get."""
    muted = spans_of(version.media.asset_id)
    if not muted:
        return segments

    def is_muted(word: list[Any]) -> bool:
        return any(at - MUTED_MS < word[1] and word[0] < end + MUTED_MS for at, end in muted)

    kept = [
        row | {"words": [word for word in row["words"] if not is_muted(word)]} for row in segments
    ]
    return [row for row in kept if row["words"]]


def all_words(track: Any) -> str:
    """Return what is written down of all versions of a track, hidden or not: for moderators."""
    rows = Transcript.objects.filter(version__track=track.pk).order_by("-version__number")
    texts = [" ".join(text_of(row) for row in one.segments) for one in rows]
    return "\n\n".join(text for text in texts if text)


def of(version: TrackVersion) -> Transcript | None:
    """Return what its owner has of a version, shown to others or not."""
    return Transcript.objects.select_related("run", "offer_run").filter(version=version).first()


def job_of(version: TrackVersion) -> Job | None:
    """Return the last job that was to hear this version."""
    rows = Job.objects.filter(
        kind=KIND, subject_type=TrackVersion._meta.label, subject_id=str(version.pk)
    )
    return rows.order_by("-created_at").first()


def is_unwanted(track: Track) -> bool:
    """Tell whether its owner wants no words of it written down by a machine."""
    return NoTranscript.objects.filter(track=track).exists()


def has_untimed_lyrics(track: Track) -> bool:
    """Tell whether a piece has lyrics that do not follow the music."""
    return Lyrics.objects.filter(track=track, is_timed=False).exclude(text="").exists()

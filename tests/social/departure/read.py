"""What machines have read and made of what is somebody's."""

from typing import Any

from django.utils import timezone

from assistant.models import Consent, ModelRun, ProviderConsent, Suggestion, Transcript
from social.models import User
from tracks.models import Track


def read_by_machines(person: User, name: str, track: Track) -> None:
    """Let machines have read a track of theirs in which their name is said."""
    Consent.objects.create(track=track, where="providers", mining="open", set_by=person)
    for withdrawn_at in (timezone.now(), None):
        ProviderConsent.objects.create(
            track=track, provider="openai", given_by=person, withdrawn_at=withdrawn_at
        )
    run = ModelRun.objects.create(
        task="transcript",
        provider="openai",
        model="whisper-1",
        parameters={"prompt": name},
        input_sha256="a" * 64,
        track=track,
        withdrawn_by=person,
    )
    said: dict[str, Any] = {"begin_ms": 0, "end_ms": 900, "speaker": name, "words": []}
    said["words"] = [[0, 400, "I", 0.9], [400, 900, name, None]]
    version = track.versions.all()[0]
    Transcript.objects.create(version=version, run=run, segments=[said], edited_by=person)
    Suggestion.objects.create(
        track=track, run=run, kind="summary", value=f"{name} speaks.", decided_by=person
    )

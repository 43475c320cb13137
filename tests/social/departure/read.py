"""What machines have read and made of what is somebody's."""

from django.utils import timezone

from assistant.models import Consent, ModelRun, ProviderConsent
from social.models import User
from tracks.models import Track


def read_by_machines(person: User, name: str, track: Track) -> None:
    """Let machines have read a track of theirs in which their name is said."""
    Consent.objects.create(track=track, where="providers", mining="open", set_by=person)
    for withdrawn_at in (timezone.now(), None):
        ProviderConsent.objects.create(
            track=track, provider="openai", given_by=person, withdrawn_at=withdrawn_at
        )
    ModelRun.objects.create(
        task="transcript",
        provider="openai",
        model="whisper-1",
        parameters={"prompt": name},
        input_sha256="a" * 64,
        track=track,
        withdrawn_by=person,
    )

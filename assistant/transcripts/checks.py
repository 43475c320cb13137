"""Whether words are written down here, for doctor."""

from django.conf import settings

from assistant.transcripts import selectors
from assistant.transcripts.local import MISSING, folder
from config.lib import health
from config.lib.health import Note


def speech() -> str:
    """Say who hears words here, and what is missing."""
    if found := selectors.machine():
        return f"What is said and sung is written down by {found.label.lower()}: {found.model}."
    if settings.NEXUS_SPEECH == "none":
        return Note("What is said and sung is not written down: NEXUS_SPEECH is none.")
    if settings.NEXUS_SPEECH_MODEL and folder() is None:
        named = settings.NEXUS_SPEECH_MODEL
        return Note(f"Words are not written down: NEXUS_SPEECH_MODEL names no model ({named}).")
    return Note(f"What is said and sung is not written down: {MISSING}.")


def register_all() -> None:
    """Let doctor say so."""
    health.register("speech", speech)

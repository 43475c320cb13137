"""Passages and vectors of what tests have made: a site makes them as jobs."""

from typing import Any

from django.db import transaction

from assistant.chunks import services
from assistant.meaning.services import filling
from assistant.models import Transcript
from tests.indexing import index
from tracks.models import Track

JFK = (
    "And so my fellow Americans, ask not what your country can do for you. "
    "Ask what you can do for your country."
)


def say(track: Track, text: str, *, every_ms: int = 500, **more: Any) -> Transcript:
    """Let a piece say a text, a word each half second."""
    words = [
        [at * every_ms, (at + 1) * every_ms, word, 0.9] for at, word in enumerate(text.split())
    ]
    segments = [{"begin_ms": 0, "end_ms": len(words) * every_ms, "speaker": "", "words": words}]
    more.setdefault("version", track.primary_version)
    made: Transcript = Transcript.objects.create(segments=segments, **more)
    return made


def read_all() -> None:
    """Let all that may be found be found."""
    index()
    with transaction.atomic():
        services.look_over()
    while services.work_off():
        pass
    while filling.work_off():
        pass
    services.forget_answers()  # which follows a commit, and tests have none

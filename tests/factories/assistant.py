"""Words of pieces, as if a machine had heard them."""

from typing import Any

from assistant.models import ModelRun, Transcript
from assistant.transcripts.passages import row_of
from tracks.models import TrackVersion

TWO = ("Ask not what your country can do for you", "ask what you can do for your country")


def a_run(version: TrackVersion, **fields: Any) -> ModelRun:
    """Return a kept run of a model over a version."""
    words = {"provider": "local", "model": "tiny.en", "version": "1", "input_sha256": "0" * 64}
    task = ModelRun.Task.TRANSCRIPT
    return ModelRun.objects.create(task=task, track=version.track, **words | fields)


def transcribe(version: TrackVersion, *texts: str, **fields: Any) -> Transcript:
    """Give a version words: a passage each, four seconds after one another."""
    rows = [
        row_of(4000 * place, 4000 * place + 3500, text) for place, text in enumerate(texts or TWO)
    ]
    words: dict[str, Any] = {"run": a_run(version), "language": "en", "segments": list(rows)}
    return Transcript.objects.create(version=version, **words | fields)

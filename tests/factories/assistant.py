"""What machines have read and made."""

from typing import Any

from assistant.models import Embedding, EmbeddingModel, ModelRun, Suggestion, Transcript
from assistant.models.chunk import Chunk
from assistant.suggestions.formats import Value
from assistant.transcripts.passages import row_of
from tests.factories.tracks import ReadyTrackFactory
from tracks.models import Track, TrackVersion

SPEECH = [
    "The harbour was quiet in the morning when the old boats came back.",
    "My grandmother mended nets in the harbour for forty years.",
    "She told us that the sea gives and that the sea takes.",
    "We mended the nets with her and learned every knot she knew.",
    "The boats are gone now, but the knots are still in my hands.",
]

TWO = ("Ask not what your country can do for you", "ask what you can do for your country")


def make_run(track: Track | None = None, **words: Any) -> ModelRun:
    """Return a run of a model."""
    told = {"task": "suggestion", "provider": "extractive", "model": "extractive", "version": "1"}
    run: ModelRun = ModelRun.objects.create(
        track=track, **{**told, "input_sha256": "a" * 64, **words}
    )
    return run


def make_suggestion(
    track: Track | None = None, kind: str = "tags", value: Value | None = None, **words: Any
) -> Suggestion:
    """Return what waits for an answer."""
    of = track or ReadyTrackFactory.create()
    said = ["harbour", "nets"] if value is None else value
    run = words.pop("run", None) or make_run(of)
    row: Suggestion = Suggestion.objects.create(track=of, run=run, kind=kind, value=said, **words)
    return row


def hear(version: TrackVersion, lines: list[str], **words: Any) -> Transcript:
    """Return a transcript of these lines, two seconds each."""
    segments = [
        {
            "begin_ms": 2000 * at,
            "end_ms": 2000 * at + 1900,
            "speaker": "",
            "words": [[2000 * at, 2000 * at + 100, word, 0.9] for word in line.split()],
        }
        for at, line in enumerate(lines)
    ]
    row: Transcript = Transcript.objects.create(version=version, segments=segments, **words)
    return row


def embed(run: ModelRun, count: int = 1) -> None:
    """Give a run's piece some vectors."""
    model, _ = EmbeddingModel.objects.get_or_create(
        provider=run.provider, model=run.model, version=run.version, defaults={"dimensions": 3}
    )
    assert run.track
    for at in range(count):
        chunk = Chunk.objects.create(
            track=run.track, source="words", place=at, text="x", sha256="b" * 64
        )
        Embedding.objects.create(chunk=chunk, model=model, run=run, vector=[1.0, 0.0, 0.0])


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

"""Vectors from a server that speaks OpenAI's wire."""

import base64
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from assistant.models import ModelRun
from assistant.models.consent import Where
from assistant.providers.openai import wire
from assistant.providers.services import NotAllowed, Unusable

MODEL, DIMENSIONS = "text-embedding-3-small", 1536
SHORTENED = "text-embedding-3-"  # these models give as many numbers as they are asked for
AT_ONCE, CHARACTERS_AT_ONCE = 64, 120_000
CHARACTERS_MOST = 8_000  # of one text: what is longer was no passage
BYTES_MOST, BYTES_OF_ONE = 8 << 20, 1 << 18
SECONDS, SECONDS_OF_QUESTION = 60.0, 4.0
EMBEDDING = ModelRun.Task.EMBEDDING

Vectors = NDArray[np.float32]


class OpenAIEmbedder(wire.OnWire):
    """Passages go where their tracks may be read; questions where the site lets providers read."""

    @property
    def model(self) -> str:
        """What it is called there."""
        return settings.NEXUS_EMBEDDINGS_MODEL or MODEL

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        if not settings.NEXUS_EMBEDDINGS_MODEL and not settings.NEXUS_EMBEDDINGS_DIMENSIONS:
            return DIMENSIONS
        return int(settings.NEXUS_EMBEDDINGS_DIMENSIONS)

    @property
    def version(self) -> str:
        """Which server, and how long its vectors are: those of two lengths are of two models."""
        return f"{self.dimensions} by {super().version}"[:60]

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, of length one. Raises Unavailable, Useless."""
        found = [self._of(batch, BYTES_MOST, SECONDS) for batch in _batches(texts)]
        return np.concatenate(found) if found else np.zeros((0, self.dimensions), np.float32)

    def question(self, text: str) -> Vectors:
        """Return the vector of what somebody looks for. Raises Unavailable, Useless.

        Sent only where the site lets providers read, and tells so whoever searches
        (`assistant.providers.selectors.questions_go_to`).
        """
        if settings.NEXUS_MACHINES != Where.PROVIDERS:
            raise NotAllowed("What is searched for stays on this server (NEXUS_MACHINES).")
        (text,) = next(_batches([text]))
        rows: Vectors = self._of([text], BYTES_OF_ONE, SECONDS_OF_QUESTION, is_question=True)
        vector: Vectors = rows[0]
        return vector

    def _of(
        self, texts: list[str], bytes_most: int, seconds: float, *, is_question: bool = False
    ) -> Vectors:
        body: dict[str, Any] = {"model": self.model, "input": texts}
        body["encoding_format"] = "base64"
        if self.model.startswith(SHORTENED):
            body["dimensions"] = self.dimensions
        return wire.ask(
            self,
            EMBEDDING,
            "/embeddings",
            body,
            lambda answer: vectors(answer, len(texts), self.dimensions),
            units=sum(map(len, texts)),
            tracks=None if is_question else self.tracks,
            seconds=seconds,
            bytes_most=bytes_most,
        )


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the texts in turn, as many at once as a server takes. An empty one is none to it."""
    batch: list[str] = []
    for text in texts:
        sent = text.strip()[:CHARACTERS_MOST] or "-"
        if batch and (
            len(batch) == AT_ONCE or sum(map(len, batch)) + len(sent) > CHARACTERS_AT_ONCE
        ):
            yield batch
            batch = []
        batch.append(sent)
    if batch:
        yield batch


def vectors(answer: Any, count: int, dimensions: int) -> Vectors:
    """Return the rows of an answer, in the order of what was asked, of length one.

    Each is a list of numbers, or little-endian float32 as base64. Raises Unusable.
    """
    data = sorted(answer["data"], key=lambda row: row["index"])
    if [row["index"] for row in data] != list(range(count)):
        sentence = f"{wire.host()} answered {len(data)} of {count} vectors."
        raise Unusable("half", sentence)
    rows = [_numbers(row["embedding"]) for row in data]
    if wrong := next((row.shape for row in rows if row.shape != (dimensions,)), None):
        sentence = (
            f"{wire.host()} gives vectors of {wrong[0]} numbers, not of {dimensions} "
            "(NEXUS_EMBEDDINGS_DIMENSIONS)."
        )
        raise Unusable("dimensions", sentence)
    found = np.stack(rows).astype(np.float64)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not (lengths > 0).all():
        raise Unusable("no-numbers", f"{wire.host()} answered with vectors that point nowhere.")
    made: Vectors = (found / lengths).astype(np.float32)
    return made


def _numbers(value: Any) -> Vectors:
    if isinstance(value, str):
        return np.frombuffer(base64.b64decode(value, validate=True), dtype="<f4")
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in value):
        raise TypeError
    return np.asarray(value, dtype=np.float32).reshape(len(value))

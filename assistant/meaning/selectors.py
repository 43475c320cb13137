"""Passages in the orders of words and of meaning, always among the pieces that somebody finds.

Keys first; what is shown is read afterwards, and looked at again.
"""

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import F, Func, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from numpy.typing import NDArray
from pgvector import Vector
from pgvector.django import CosineDistance, VectorField

from assistant.chunks.selectors import closed, searched_by
from assistant.meaning.lexical import Lexical
from assistant.models import Chunk, Embedding, EmbeddingModel
from assistant.providers.registry import MACHINES, Embedder
from tracks.access import User
from tracks.search import grammar
from tracks.search.ranking import NEARLY, matches
from tracks.search.selectors import places_of

DEPTH = 50  # of each order
# Of the database, for these queries: the walk through the index goes on behind what is closed to
# whoever asks (see `tracks.alike`).
WALK = {
    "join_collapse_limit": "12",
    "hnsw.ef_search": "100",
    "hnsw.iterative_scan": "relaxed_order",
    "hnsw.max_scan_tuples": "40000",
    "hnsw.scan_mem_multiplier": "4",
}

Numbers = NDArray[np.float32]


class Near(NamedTuple):
    """A passage, and 1 − cosine to what was asked."""

    pk: UUID
    track: UUID
    distance: float


class Read(NamedTuple):
    """A passage as it is shown."""

    pk: UUID
    track: UUID
    source: str
    source_id: UUID | None
    at_ms: int | None
    end_ms: int | None
    text: str
    times: list[list[int]]


def machine_of(model: EmbeddingModel) -> Embedder | None:
    """Return the machine that makes this model's vectors; None where there is none like it."""
    machine = MACHINES.embedder(model.provider)
    if machine is None or not machine.is_there():
        return None
    same = (machine.model, machine.version) == (model.model, model.version)
    return machine if same and machine.dimensions == model.dimensions else None


def serving() -> list[tuple[EmbeddingModel, Embedder]]:
    """Return the models that serve and whose machines are there, words and letters first."""
    rows = EmbeddingModel.objects.filter(state=EmbeddingModel.State.SERVING)
    found = [(row, machine) for row in rows if (machine := machine_of(row))]
    return sorted(found, key=lambda pair: pair[1].name != Lexical.name)


def by_words(query: str, viewer: User) -> list[tuple[UUID, UUID]]:
    """Return passages and pieces in which some of these stems stand, those with most of them first.

    `query` is a tsquery. One query.
    """
    rank = Func(F("words"), RawSQL("%s::tsquery", [query]), 1, function="ts_rank")
    rows = Chunk.objects.filter(matches("words", query), track__in=searched_by(viewer))
    found = rows.annotate(rank=rank).order_by("-rank", "pk").values_list("pk", "track_id")
    return list(found[:DEPTH])


def nearest(model: EmbeddingModel, vector: Numbers, viewer: User) -> QuerySet[Any, Any]:
    """Return keys, pieces and distances of the nearest passages that this person finds.

    Who may find them is asked within the query. There is no other order, or the index could not
    be walked.
    """
    place = Cast("vector", VectorField(dimensions=model.dimensions))
    distance = CosineDistance(place, Vector(vector))
    rows = Embedding.objects.filter(model=model.pk, chunk__track__in=searched_by(viewer))
    found = rows.annotate(distance=distance).order_by("distance")
    return found.values_list("chunk_id", "chunk__track_id", "distance")


def by_vector(
    model: EmbeddingModel, vector: Numbers, viewer: User, most: int = DEPTH
) -> list[Near]:
    """Return the nearest passages that this person finds. One query, for which WALK is set."""
    if not vector.any():
        return []
    near = (Near(*row) for row in nearest(model, vector, viewer)[:most])
    return sorted((one for one in near if one.distance == one.distance), key=lambda it: it.distance)


def by_documents(text: str, viewer: User, most: int) -> list[UUID]:
    """Return pieces that have all of these words, as the search itself finds them."""
    wanted = grammar.read({"q": [text]})
    if wanted.is_empty or wanted.kind != grammar.TRACK:
        return []
    return [place.pk for place in places_of(wanted, viewer, most) if place.step != NEARLY]


def elsewhere(model: EmbeddingModel, vector: Numbers) -> float | None:
    """Return how near the nearest sentence about other things is (1 − cosine); None where unknown.

    Nothing of the archive goes into it, so that it tells nothing of what is closed.
    """
    if not model.elsewhere:
        return None
    rows = np.frombuffer(bytes(model.elsewhere), np.float32).reshape(-1, model.dimensions)
    return 1 - float(np.max(rows @ vector))


def passages(keys: Collection[UUID], viewer: User) -> dict[UUID, Read]:
    """Return those of these passages that this person may read now. One query."""
    if not keys:
        return {}
    rows = Chunk.objects.filter(~closed(), pk__in=keys, track__in=searched_by(viewer))
    return {row[0]: Read(*row) for row in rows.values_list("pk", *_COLUMNS)}


_COLUMNS = ("track_id", "source", "source_id", "at_ms", "end_ms", "text", "times")

"""Vectors are found by walking the index of their model, among what somebody may find."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone
from pgvector import Vector

from assistant.meaning import selectors
from assistant.meaning.selectors import WALK
from assistant.meaning.services import indexes, models
from assistant.models import Chunk, Embedding, EmbeddingModel
from tests.factories.social import UserFactory
from tracks.models import Track
from tracks.search.selectors import bounded, settings_of_arms

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
LOCAL = 2
PIECES, EACH = 200, 6


@pytest.fixture
def owner() -> Any:
    """Twelve hundred passages; those of one piece in a hundred are public."""
    chance = np.random.default_rng(5)
    person = UserFactory.create()
    tracks = [
        Track(
            owner=person,
            slug=f"piece-{number}",
            title=f"Piece {number}",
            visibility="public" if number % 100 == 0 else "private",
            published_at=timezone.now() if number % 100 == 0 else None,
        )
        for number in range(PIECES)
    ]
    Track.objects.bulk_create(tracks)
    chunks = [
        Chunk(track=track, source="words", place=place, text="x", sha256="0")
        for track in tracks
        for place in range(EACH)
    ]
    Chunk.objects.bulk_create(chunks)
    places = chance.standard_normal((len(chunks), 384)).astype(np.float32)
    Embedding.objects.bulk_create(
        Embedding(chunk=chunk, model_id=LOCAL, vector=Vector(place))
        for chunk, place in zip(chunks, places, strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return person


def question() -> Any:
    return np.random.default_rng(6).standard_normal(384).astype(np.float32)


def off(names: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SET LOCAL enable_{name} = off")


def test_who_may_find_them_is_asked_within_the_walk(owner: Any) -> None:
    model = EmbeddingModel.objects.get(pk=LOCAL)
    rows = selectors.nearest(model, question(), NOBODY)[:10]
    with bounded(settings=settings_of_arms()):
        off(["seqscan", "bitmapscan", "sort"])
        plan = rows.explain()
        with connection.cursor() as cursor:
            cursor.execute("SHOW hnsw.iterative_scan")
            assert cursor.fetchone() == ("relaxed_order",)
    assert f"Index Scan using vectors_of_{LOCAL} on assistant_embedding" in plan, plan
    assert "tracks_track" in plan, plan
    assert "visibility" in plan, plan


def test_the_walk_goes_on_behind_what_is_closed(
    owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = EmbeddingModel.objects.get(pk=LOCAL)
    public = Track.objects.filter(visibility="public")
    with bounded(settings=settings_of_arms()):
        off(["seqscan", "bitmapscan", "sort"])
        found = selectors.by_vector(model, question(), NOBODY, 10)
    assert len(found) == 10
    assert {near.track for near in found} <= set(public.values_list("pk", flat=True))
    with bounded(settings={**WALK, "hnsw.iterative_scan": "off", "hnsw.ef_search": "40"}):
        off(["seqscan", "bitmapscan", "sort"])
        fewer = selectors.by_vector(model, question(), NOBODY, 10)
    assert len(fewer) < 10, "or the index was not walked"


def test_of_what_one_in_a_hundred_may_find_the_nearest_ten_are_found(owner: Any) -> None:
    model = EmbeddingModel.objects.get(pk=LOCAL)
    shares = []
    for seed in range(10):
        asked = np.random.default_rng(seed).standard_normal(384).astype(np.float32)
        with bounded(settings=settings_of_arms()):
            off(["seqscan", "bitmapscan", "sort"])
            walked = {near.pk for near in selectors.by_vector(model, asked, NOBODY, 10)}
        with bounded():
            off(["indexscan"])
            exact = {near.pk for near in selectors.by_vector(model, asked, NOBODY, 10)}
        shares.append(len(walked & exact) / len(exact))
    assert sum(shares) / len(shares) >= 0.95


def test_every_model_that_comes_with_the_site_has_its_index() -> None:
    there = indexes.are_there()
    assert {"vectors_of_1", "vectors_of_2"} <= there
    assert models.lexical().pk == 1
    assert indexes.make_all() == []


def test_another_model_gets_an_index_of_its_own() -> None:
    model = EmbeddingModel.objects.create(provider="openai", model="m", dimensions=1536)
    assert [row.pk for row in indexes.make_all()] == [model.pk]
    assert indexes.has_one(model)

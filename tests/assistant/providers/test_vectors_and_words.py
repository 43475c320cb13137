"""Vectors come in the order of their texts, of length one; writers answer with one object."""

import json
from typing import Any

import numpy as np
import pytest

from assistant.models import ProviderCall
from assistant.providers.openai import embeddings
from assistant.providers.openai.embeddings import OpenAIEmbedder
from assistant.providers.openai.writer import OpenAIWriter
from assistant.providers.registry import MACHINES, Useless, about
from tests.openai_wire.answers import vector_of
from tests.openai_wire.server import OpenAIServer
from tracks.models import Track

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", ["right", "lists"])
def test_both_ways_of_writing_vectors_are_read(
    provider: OpenAIServer, track: Track, way: str
) -> None:
    provider.goes(way)
    texts = ["a song of the sea", "bread before dawn", "a waltz"]
    found = about(OpenAIEmbedder(), [track.pk]).passages(texts)
    assert (found.dtype, found.shape) == (np.float32, (3, 1536))
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-6)
    for text, row in zip(texts, found, strict=True):
        wanted = vector_of(text)
        assert row == pytest.approx(wanted / np.linalg.norm(wanted), abs=1e-6)
    assert provider.requests[0].json == {
        "model": "text-embedding-3-small",
        "input": texts,
        "encoding_format": "base64",
        "dimensions": 1536,
    }


def test_many_texts_go_in_batches_and_come_back_in_order(
    provider: OpenAIServer, track: Track
) -> None:
    texts = [f"text{number}" for number in range(150)] + ["", "  ", "x" * 50_000]
    found = about(OpenAIEmbedder(), [track.pk]).passages(texts)
    assert found.shape == (153, 1536)
    assert [len(request.json["input"]) for request in provider.requests] == [64, 64, 25]
    assert max(len(text) for text in provider.requests[2].json["input"]) == 8_000
    assert found[149] @ vector_of("text149") == pytest.approx(
        np.linalg.norm(vector_of("text149")), rel=1e-4
    )
    assert sum(ProviderCall.objects.values_list("units", flat=True)) == sum(
        len(text) for request in provider.requests for text in request.json["input"]
    )


def test_nothing_is_asked_for_nothing(provider: OpenAIServer, track: Track) -> None:
    assert about(OpenAIEmbedder(), [track.pk]).passages([]).shape == (0, 1536)
    assert provider.requests == []


def test_a_model_of_ones_own_has_the_length_that_was_set(
    provider: OpenAIServer, track: Track, settings: Any
) -> None:
    settings.NEXUS_EMBEDDINGS_MODEL, settings.NEXUS_EMBEDDINGS_DIMENSIONS = "nomic", 768
    machine = OpenAIEmbedder()
    with pytest.raises(Useless, match="1536 numbers, not of 768"):
        about(machine, [track.pk]).passages(["a"])
    assert "dimensions" not in provider.requests[0].json
    settings.NEXUS_EMBEDDINGS_DIMENSIONS = 1536
    assert about(machine, [track.pk]).passages(["a"]).shape == (1, 1536)
    assert machine.version == f"1536 by {machine.label}"


def test_a_question_is_one_vector(provider: OpenAIServer) -> None:
    found = OpenAIEmbedder().question("a waltz")
    assert (found.shape, found.dtype) == ((1536,), np.float32)


def test_a_question_is_not_waited_for_long(
    provider: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert embeddings.SECONDS_OF_QUESTION < 5
    monkeypatch.setattr(embeddings, "SECONDS_OF_QUESTION", 0.2)
    provider.goes("drips")
    with pytest.raises(Exception, match="too long"):
        OpenAIEmbedder().question("a waltz")


def test_the_machines_are_registered_by_their_setting() -> None:
    for pool in (MACHINES.speech, MACHINES.embedders, MACHINES.writers):
        assert not pool["openai"].is_local


def test_a_writer_answers_with_one_object(provider: OpenAIServer, track: Track) -> None:
    machine = about(OpenAIWriter(), [track.pk])
    assert json.loads(machine.write("Sum it up.", "Waves.", tokens_most=90)) == {
        "answer": "A song about the sea."
    }
    sent = provider.requests[0].json
    assert sent["max_tokens"] == 90
    assert sent["temperature"] <= 0.2
    assert sent["response_format"] == {"type": "json_object"}
    system, user = sent["messages"]
    assert (system["role"], user) == ("system", {"role": "user", "content": "Waves."})
    assert system["content"].startswith("Sum it up.")
    row = ProviderCall.objects.get()
    assert (row.task, row.units) == ("suggestion", len(system["content"]) + len("Waves."))


@pytest.mark.parametrize("way", ["cut", "no-json", "odd"])
def test_half_an_answer_is_none(provider: OpenAIServer, track: Track, way: str) -> None:
    provider.goes(way)
    with pytest.raises(Useless):
        about(OpenAIWriter(), [track.pk]).write("Sum it up.", "Waves.")


@pytest.mark.parametrize("written", ["[1]", "7", "null", "", "{'a': 1}", "{" * 5000])
def test_what_is_no_object_is_refused(provider: OpenAIServer, track: Track, written: str) -> None:
    provider.writes = written
    with pytest.raises(Useless):
        about(OpenAIWriter(), [track.pk]).write("Sum it up.", "Waves.")


def test_an_object_in_a_fence_is_taken(provider: OpenAIServer, track: Track) -> None:
    provider.writes = '```json\n{"title": "Ü"}\n```'
    assert about(OpenAIWriter(), [track.pk]).write("Name it.", "Waves.") == '{"title": "Ü"}'


def test_long_material_is_bounded(provider: OpenAIServer, track: Track) -> None:
    about(OpenAIWriter(), [track.pk]).write("Sum it up.", "la " * 100_000)
    assert len(provider.requests[0].json["messages"][1]["content"]) == 60_000

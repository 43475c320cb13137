"""The server of our tests is one that the real client of OpenAI accepts, and we ask as it does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.providers.openai.embeddings import OpenAIEmbedder
from assistant.providers.openai.speech import OpenAISpeech
from assistant.providers.openai.writer import OpenAIWriter
from assistant.providers.registry import about
from tests.assistant.providers.conftest import beeps
from tests.openai_wire.server import KEY, OpenAIServer
from tracks.models import Track

openai = pytest.importorskip("openai", reason="The client of OpenAI is not installed.")
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(provider: OpenAIServer) -> Iterator[Any]:
    with openai.OpenAI(base_url=provider.url, api_key=KEY, max_retries=0, timeout=5) as made:
        yield made


def test_it_reads_the_vectors_that_we_read(
    client: Any, provider: OpenAIServer, track: Track
) -> None:
    texts = ["a waltz", "bread before dawn"]
    words = {"model": "text-embedding-3-small", "input": texts, "dimensions": 1536}
    theirs = client.embeddings.create(**words)
    ours = about(OpenAIEmbedder(), [track.pk]).passages(texts)
    rows = [row.embedding for row in sorted(theirs.data, key=lambda row: row.index)]
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    assert ours == pytest.approx(np.array(rows) / lengths, abs=1e-6)
    first, second = provider.requests
    assert first.json == second.json  # base64 is its own default
    assert first.path == second.path
    assert first.headers["Authorization"] == second.headers["Authorization"]


def test_it_hears_the_words_that_we_hear(
    client: Any, provider: OpenAIServer, track: Track, tmp_path: Path
) -> None:
    sound = beeps(tmp_path / "sound.wav", 4, 0.5, 2.25)
    with sound.open("rb") as file:
        theirs = client.audio.transcriptions.create(
            file=file,
            model="whisper-1",
            response_format="verbose_json",
            timestamp_granularities=["word", "segment"],
            temperature=0,
        )
    (segment,) = about(OpenAISpeech(), [track.pk]).hear(sound).segments
    assert [(round(word.start * 1000), round(word.end * 1000)) for word in theirs.words] == [
        (word.begin_ms, word.end_ms) for word in segment.words
    ]
    assert theirs.segments[0].avg_logprob == segment.mean_log_probability
    first, second = provider.requests
    assert sorted(first.fields) == sorted(second.fields)
    assert first.file == second.file
    assert first.path == second.path


def test_it_reads_the_words_that_we_read(client: Any, provider: OpenAIServer, track: Track) -> None:
    ours = about(OpenAIWriter(), [track.pk]).write("Sum it up.", "Waves.")
    theirs = client.chat.completions.create(**provider.requests[0].json)
    assert theirs.choices[0].message.content == ours
    assert provider.requests[0].json == provider.requests[1].json
    assert provider.requests[0].path == provider.requests[1].path


def test_it_finds_the_list_of_models_that_the_doctor_asks_for(
    client: Any, provider: OpenAIServer
) -> None:
    assert list(client.models.list()) == []
    assert provider.requests[0].path == "/v1/models"


@pytest.mark.parametrize(
    ("way", "error"),
    [
        ("busy", "RateLimitError"),
        ("failing", "InternalServerError"),
        ("refused", "BadRequestError"),
        ("half", "APIConnectionError"),
        ("silent", "APITimeoutError"),
    ],
)
def test_it_names_what_goes_wrong_as_we_do(
    client: Any, provider: OpenAIServer, way: str, error: str
) -> None:
    provider.goes(way)
    with pytest.raises(getattr(openai, error)) as raised:
        client.with_options(timeout=0.3).embeddings.create(model="m", input=["a"])
    if way == "busy":
        assert raised.value.response.headers["retry-after"] == "17"


def test_it_reads_what_is_broken_as_broken(client: Any, provider: OpenAIServer) -> None:
    provider.goes("broken")
    with pytest.raises((openai.APIError, ValueError, AttributeError)):
        client.embeddings.create(model="m", input=["a"])


def test_a_wrong_key_is_refused(provider: OpenAIServer) -> None:
    with (
        openai.OpenAI(base_url=provider.url, api_key="sk-other", max_retries=0) as other,
        pytest.raises(openai.AuthenticationError),
    ):
        other.models.list()

"""Whatever a provider does, we end soon, with a sentence, and tell neither key nor words."""

import logging
import time
from typing import Any

import pytest

from assistant.models import ProviderCall
from assistant.providers.openai import embeddings, wire
from assistant.providers.openai.embeddings import OpenAIEmbedder
from assistant.providers.registry import Unavailable, Useless, about
from config.lib import breaker
from config.lib.http import FetchError, fetch
from tests.openai_wire.server import KEY, OpenAIServer
from tracks.models import Track

pytestmark = pytest.mark.django_db
SECRET_WORDS = "nobody but the owner reads this"

# The way of the server, what we raise, the word of the row, and how long we are told to wait.
ENDS = [
    ("busy", Unavailable, "busy", 17),
    ("busy-until", Unavailable, "busy", wire.WAIT_MOST_S),
    ("failing", Unavailable, "failing", None),
    ("echo", Unavailable, "failing", None),
    ("elsewhere", Unavailable, "refused", wire.SETTINGS_S),
    ("broken", Unavailable, "broken", None),
    ("empty", Unavailable, "broken", None),
    ("half", Unavailable, ("broken", "unreachable"), None),
    ("drips", Unavailable, "slow", None),
    ("silent", Unavailable, "slow", None),
    ("huge", Useless, "too-large", None),
    ("refused", Useless, "refused", None),
    ("fewer", Useless, "half", None),
    ("doubled", Useless, "half", None),
    ("short", Useless, "dimensions", None),
    ("nan", Useless, "no-numbers", None),
    ("zero", Useless, "no-numbers", None),
    ("odd", Useless, "useless", None),
]


@pytest.mark.parametrize(("way", "kind", "status", "seconds"), ENDS, ids=lambda one: str(one)[:12])
def test_each_way_of_going_wrong_ends_in_a_sentence(
    provider: OpenAIServer,
    track: Track,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    way: str,
    kind: type[Exception],
    status: Any,
    seconds: float | None,
) -> None:
    if status == "slow":
        monkeypatch.setattr(embeddings, "SECONDS", 0.3)
    provider.goes(way)
    began = time.monotonic()
    with caplog.at_level(logging.DEBUG), pytest.raises(kind) as ended:
        about(OpenAIEmbedder(), [track.pk]).passages([SECRET_WORDS, "b"])
    assert time.monotonic() - began < 3
    assert len(str(ended.value)) > 20
    assert getattr(ended.value, "seconds", None) == seconds
    row = ProviderCall.objects.get()
    assert row.status in (status if isinstance(status, tuple) else (status,))
    assert (row.track_id, row.units) == (track.pk, len(SECRET_WORDS) + 1)
    assert row.took_ms is not None
    told = caplog.text + repr(_chain(ended.value)) + repr(row.__dict__) + repr(breaker.states())
    assert KEY not in told
    assert SECRET_WORDS not in told


def _chain(error: BaseException | None) -> list[str]:
    found = []
    while error is not None:
        found.append(repr(error))
        error = error.__cause__ or error.__context__
    return found


def test_a_wrong_key_is_told_without_the_key(
    provider: OpenAIServer, track: Track, settings: Any
) -> None:
    settings.NEXUS_OPENAI_KEY = "sk-wrong-one"
    with pytest.raises(Unavailable, match="NEXUS_OPENAI_KEY") as ended:
        about(OpenAIEmbedder(), [track.pk]).passages(["a"])
    assert "sk-wrong-one" not in repr(_chain(ended.value))
    assert ended.value.seconds == wire.SETTINGS_S


def test_what_keeps_failing_is_left_alone_and_nothing_is_sent(
    provider: OpenAIServer, track: Track
) -> None:
    machine = about(OpenAIEmbedder(), [track.pk])
    provider.goes(*["failing"] * breaker.FAILURES_MOST)
    for _ in range(breaker.FAILURES_MOST):
        with pytest.raises(Unavailable):
            machine.passages(["a"])
    with pytest.raises(Unavailable) as refused:
        machine.passages(["a"])
    assert 0 < (refused.value.seconds or 0) <= breaker.PAUSE_SECONDS
    assert len(provider.requests) == ProviderCall.objects.count() == breaker.FAILURES_MOST


def test_an_answer_that_cannot_be_used_does_not_count_as_failing(
    provider: OpenAIServer, track: Track
) -> None:
    provider.goes(*["short"] * (breaker.FAILURES_MOST + 1))
    for _ in range(breaker.FAILURES_MOST + 1):
        with pytest.raises(Useless):
            about(OpenAIEmbedder(), [track.pk]).passages(["a"])
    assert len(provider.requests) == breaker.FAILURES_MOST + 1


def test_a_server_that_is_not_there_is_unavailable(track: Track, settings: Any) -> None:
    settings.NEXUS_MACHINES = "providers"
    settings.NEXUS_OPENAI_URL = "http://127.0.0.1:9/v1"
    with pytest.raises(Unavailable):
        about(OpenAIEmbedder(), [track.pk]).passages(["a"])
    assert ProviderCall.objects.get().status == "unreachable"


def test_only_the_origin_of_the_setting_may_be_inside(provider: OpenAIServer) -> None:
    own = provider.url.removesuffix("/v1")
    assert fetch(f"{provider.url}/models", own=own).status == 401
    others = [
        f"{own.replace('127.0.0.1', '127.0.0.2')}/",
        "http://127.0.0.1:9/",
        f"{own.replace('127.0.0.1', 'localhost')}/",
    ]
    for other in others:
        with pytest.raises(FetchError) as refused:
            fetch(other, own=own)
        assert refused.value.code == "forbidden"
    with pytest.raises(FetchError) as refused:
        fetch(f"{own}/", own="")
    assert refused.value.code == "forbidden"


def test_two_servers_are_two_providers(settings: Any) -> None:
    assert OpenAIEmbedder().name == "openai"
    settings.NEXUS_OPENAI_URL = "http://gpu.lan:11434/v1"
    assert (OpenAIEmbedder().name, OpenAIEmbedder().label) == ("gpu.lan:11434", "gpu.lan:11434")
    settings.NEXUS_OPENAI_URL = f"https://{'a' * 60}.example.org/v1"
    first = OpenAIEmbedder().name
    settings.NEXUS_OPENAI_URL = f"https://{'a' * 61}.example.org/v1"
    assert len(first) == len(OpenAIEmbedder().name) == 40
    assert first != OpenAIEmbedder().name


def test_openai_itself_wants_a_key_and_ones_own_server_does_not(settings: Any) -> None:
    assert not OpenAIEmbedder().is_there()
    settings.NEXUS_OPENAI_KEY = KEY
    assert OpenAIEmbedder().is_there()
    settings.NEXUS_OPENAI_KEY = ""
    settings.NEXUS_OPENAI_URL = "http://gpu.lan:11434/v1"
    assert OpenAIEmbedder().is_there()

"""The site does not start with machines that are none, and the doctor says how providers are."""

from typing import Any

import pytest
from django.core.checks import run_checks

from assistant.models import ProviderCall
from assistant.providers.checks import check, providers
from assistant.providers.openai.embeddings import OpenAIEmbedder
from assistant.providers.registry import Unavailable
from config.lib import breaker
from config.lib.health import Degraded, Note, Trouble
from config.process.startup import refuse_other_money
from tests.openai_wire.server import OpenAIServer

pytestmark = pytest.mark.django_db

WRONG = [
    ({"NEXUS_SPEECH": "whisper"}, "nexus.E030", "local, openai or none"),
    ({"NEXUS_EMBEDDINGS": "none"}, "nexus.E030", "lexical, local or openai"),
    ({"NEXUS_WRITER": "gpt"}, "nexus.E030", "extractive or openai"),
    ({"NEXUS_WRITER_MODEL": "x" * 121}, "nexus.E031", "Name it"),
    ({"NEXUS_PROVIDER_SECONDS": -1}, "nexus.E032", "0 for no bound"),
    ({"NEXUS_EMBEDDINGS_DIMENSIONS": 3072}, "nexus.E033", "2000"),
    ({"NEXUS_EMBEDDINGS_DIMENSIONS": -1}, "nexus.E033", "2000"),
    (
        {"NEXUS_EMBEDDINGS": "openai", "NEXUS_EMBEDDINGS_MODEL": "bge-m3"},
        "nexus.E033",
        "NEXUS_EMBEDDINGS_DIMENSIONS",
    ),
    ({"NEXUS_OPENAI_KEY": "sk-1\nX-Other: 2"}, "nexus.E034", "Copy"),
    ({"NEXUS_OPENAI_KEY": "sk 1"}, "nexus.E034", "Copy"),
    *(
        ({"NEXUS_OPENAI_URL": url}, "nexus.E035", "https://")
        for url in (
            *("api.openai.com/v1", "ftp://example.org/", "https://", "https://[::1", "file:///etc"),
            *(
                "https://sk-1@example.org/v1",
                "https://example.org/v1?key=sk-1",
                "https://exämple.org",
            ),
            *("https://example.org:0/", "https://example.org:x/"),
        )
    ),
    ({"NEXUS_OPENAI_URL": "http://api.example.org/v1"}, "nexus.E036", "https://"),
    ({"NEXUS_OPENAI_URL": "http://9.9.9.9/v1"}, "nexus.E036", "https://"),
]


@pytest.mark.parametrize(("words", "number", "hint"), WRONG)
def test_a_wrong_setting_is_refused_with_what_to_do(
    settings: Any, words: dict[str, Any], number: str, hint: str
) -> None:
    for name, value in words.items():
        setattr(settings, name, value)
    (error,) = run_checks(tags=["machines"])
    assert error.id == number
    assert hint in f"{error.hint}"
    assert "sk" not in f"{error.msg} {error.hint}"
    with pytest.raises(SystemExit) as refused:
        refuse_other_money()
    assert error.msg in str(refused.value)
    with pytest.raises(Trouble):
        providers()


@pytest.mark.parametrize(
    "url",
    [
        *("https://api.openai.com/v1", "http://127.0.0.1:11434/v1", "http://[::1]:8000/v1/"),
        *("http://ollama:11434/v1", "http://gpu.lan/v1", "http://192.168.1.5/v1"),
    ],
)
def test_ones_own_server_may_speak_in_the_clear(settings: Any, url: str) -> None:
    settings.NEXUS_OPENAI_URL = url
    assert check() == []


def test_a_local_model_may_be_a_folder_with_a_long_name(settings: Any) -> None:
    settings.NEXUS_SPEECH, settings.NEXUS_SPEECH_MODEL = "local", f"/{'x' * 200}"
    assert check() == []


def test_the_doctor_asks_nobody_where_nobody_is_set() -> None:
    assert providers() == "nothing is asked of a machine elsewhere"


def test_the_doctor_says_what_is_left(provider: OpenAIServer, settings: Any) -> None:
    settings.NEXUS_SPEECH, settings.NEXUS_PROVIDER_SECONDS = "openai", 100
    settings.NEXUS_PROVIDER_CHARACTERS = 0
    words = {"provider": "x", "model": "m", "status": "ok", "task": "transcript"}
    ProviderCall.objects.create(units=30, **words)
    told = providers()
    assert "answers; today it may still be sent 70 of 100 seconds of sound" in told
    assert "any number of characters" in told
    assert [request.path for request in provider.requests] == ["/v1/models"]
    ProviderCall.objects.create(units=70, **words)
    assert isinstance(providers(), Note)


@pytest.mark.parametrize(
    ("way", "words"), [("failing", "answers with 503"), ("silent", "too long")]
)
def test_the_doctor_says_that_nobody_answers(
    provider: OpenAIServer,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
    words: str,
) -> None:
    monkeypatch.setattr("assistant.providers.checks.SECONDS", 0.3)
    settings.NEXUS_SPEECH = "openai"
    provider.goes(way)
    with pytest.raises(Degraded, match=words):
        providers()


def test_the_doctor_says_that_the_key_is_wrong_or_missing(
    provider: OpenAIServer, settings: Any
) -> None:
    settings.NEXUS_SPEECH, settings.NEXUS_OPENAI_KEY = "openai", "sk-other"
    with pytest.raises(Degraded, match="answers with 401"):
        providers()
    settings.NEXUS_OPENAI_KEY, settings.NEXUS_OPENAI_URL = "", "https://api.openai.com/v1"
    with pytest.raises(Degraded, match="there is no key"):
        providers()


def test_the_doctor_says_that_it_is_left_alone(provider: OpenAIServer, settings: Any) -> None:
    settings.NEXUS_EMBEDDINGS = "openai"
    provider.goes(*["failing"] * breaker.FAILURES_MOST)
    for _ in range(breaker.FAILURES_MOST):
        with pytest.raises(Unavailable):
            OpenAIEmbedder().question("a")
    with pytest.raises(Degraded, match="Left alone"):
        providers()

"""Nothing is sent of what may not be read there, whoever asks; and no more than a day's budget."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from assistant.models import Consent, ProviderCall, ProviderConsent
from assistant.providers import selectors
from assistant.providers.openai.embeddings import OpenAIEmbedder
from assistant.providers.openai.speech import OpenAISpeech
from assistant.providers.openai.writer import OpenAIWriter
from assistant.providers.registry import Unavailable, Useless, about
from assistant.providers.services import NotAllowed
from tests.assistant.providers.conftest import beeps
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory
from tests.openai_wire.server import OpenAIServer
from tracks.models import Track

pytestmark = pytest.mark.django_db


def ask_all(tracks: list[Any], sound: Path) -> None:
    """Ask all three machines about these; each must refuse."""
    machine: Any
    for machine, name, words in (
        (OpenAISpeech(), "hear", [sound]),
        (OpenAIEmbedder(), "passages", [["words"]]),
        (OpenAIWriter(), "write", ["Sum it up.", "words"]),
    ):
        with pytest.raises(NotAllowed):
            getattr(about(machine, tracks), name)(*words)


@pytest.mark.parametrize("make", [ReadyTrackFactory, UnlistedTrackFactory])
def test_what_is_not_public_stays_here_until_its_owner_names_the_provider(
    provider: OpenAIServer, tmp_path: Path, make: Any
) -> None:
    track, sound = make.create(), beeps(tmp_path / "a.wav", 1.5, 0.5)
    ask_all([track.pk], sound)
    ask_all([PublicTrackFactory.create().pk, track.pk], sound)
    assert provider.requests == []
    assert not ProviderCall.objects.exists()
    Consent.objects.create(track=track, where="providers")
    named = ProviderConsent.objects.create(track=track, provider=OpenAISpeech().name)
    about(OpenAISpeech(), [track.pk]).hear(sound)
    assert len(provider.requests) == 1
    named.withdrawn_at = timezone.now()
    named.save()
    ask_all([track.pk], sound)
    assert len(provider.requests) == 1


def test_what_an_owner_let_one_server_read_another_may_not(
    provider: OpenAIServer, settings: Any, tmp_path: Path
) -> None:
    track = ReadyTrackFactory.create()
    Consent.objects.create(track=track, where="providers")
    ProviderConsent.objects.create(track=track, provider="openai")
    ask_all([track.pk], beeps(tmp_path / "a.wav", 1.5, 0.5))
    assert provider.requests == []


@pytest.mark.parametrize("where", ["nowhere", "here"])
def test_an_owner_keeps_a_public_piece_here(
    provider: OpenAIServer, track: Track, tmp_path: Path, where: str
) -> None:
    Consent.objects.create(track=track, where=where)
    ask_all([track.pk], beeps(tmp_path / "a.wav", 1.5, 0.5))
    assert provider.requests == []


def test_a_machine_that_was_not_told_what_it_reads_reads_nothing(
    provider: OpenAIServer, tmp_path: Path
) -> None:
    ask_all([], beeps(tmp_path / "a.wav", 1.5, 0.5))
    assert provider.requests == []


def test_words_of_our_own_need_nobodys_word(provider: OpenAIServer) -> None:
    about(OpenAIEmbedder(), None).passages(["The train to the airport leaves at seven."])
    assert (len(provider.requests), ProviderCall.objects.get().track_id) == (1, None)


def test_questions_leave_only_where_the_site_lets_providers_read(
    provider: OpenAIServer, settings: Any
) -> None:
    settings.NEXUS_EMBEDDINGS = "openai"
    OpenAIEmbedder().question("a song about the sea")
    assert (len(provider.requests), ProviderCall.objects.get().track_id) == (1, None)
    settings.NEXUS_MACHINES = "here"
    with pytest.raises(NotAllowed):
        OpenAIEmbedder().question("a song about the sea")
    assert selectors.questions_go_to() == ""
    assert len(provider.requests) == 1


def test_whoever_searches_is_told_who_reads_it(settings: Any) -> None:
    settings.NEXUS_MACHINES, settings.NEXUS_OPENAI_KEY = "providers", "sk-1"
    assert selectors.questions_go_to() == ""
    settings.NEXUS_EMBEDDINGS = "openai"
    assert selectors.questions_go_to() == "api.openai.com"


def test_the_budget_of_a_day_holds(provider: OpenAIServer, track: Track, settings: Any) -> None:
    settings.NEXUS_PROVIDER_CHARACTERS = 10
    machine = about(OpenAIEmbedder(), [track.pk])
    machine.passages(["abcd"])
    provider.goes("busy", "short")
    with pytest.raises(Unavailable):  # nothing was done for it
        machine.passages(["abcd"])
    with pytest.raises(Useless):  # this was paid for
        machine.passages(["abcd"])
    with pytest.raises(Unavailable, match="2 of 10 characters") as spent:
        machine.passages(["abcd"])
    assert 0 < (spent.value.seconds or 0) <= 24 * 3600 + 1
    assert len(provider.requests) == 3
    with pytest.raises(Useless, match="in a day"):
        machine.passages(["a" * 11])
    before = timezone.now() - timedelta(days=1, minutes=1)
    ProviderCall.objects.update(asked_at=before)
    machine.passages(["abcd"])
    assert selectors.spent_today("embedding") == 4


def test_sound_has_a_budget_of_its_own(
    provider: OpenAIServer, track: Track, settings: Any, tmp_path: Path
) -> None:
    settings.NEXUS_PROVIDER_CHARACTERS, settings.NEXUS_PROVIDER_SECONDS = 1, 3
    sound = beeps(tmp_path / "a.wav", 1.5, 0.5)
    about(OpenAISpeech(), [track.pk]).hear(sound)
    with pytest.raises(Unavailable, match="1 of 3 seconds"):
        about(OpenAISpeech(), [track.pk]).hear(sound)
    assert len(provider.requests) == 1


def test_no_bound_is_no_bound(provider: OpenAIServer, track: Track, settings: Any) -> None:
    settings.NEXUS_PROVIDER_CHARACTERS = 0
    about(OpenAIEmbedder(), [track.pk]).passages(["abcd"])
    assert selectors.left_today("embedding") is None


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_overdraw_it(provider: OpenAIServer, settings: Any) -> None:
    settings.NEXUS_PROVIDER_CHARACTERS = 20
    track = PublicTrackFactory.create()
    ready, ended = threading.Barrier(8), []

    def ask() -> None:
        try:
            ready.wait(10)
            about(OpenAIEmbedder(), [track.pk]).passages(["abcd"])
            ended.append("sent")
        except Unavailable:
            ended.append("waits")
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(ended) == ["sent"] * 5 + ["waits"] * 3
    assert len(provider.requests) == 5

"""Vectors: made by the model that is wanted while the others serve, then switched, then removed."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command

from assistant.meaning.checks import vectors
from assistant.meaning.lexical import Lexical
from assistant.meaning.services import filling, models
from assistant.models import Consent, Embedding, EmbeddingModel, ModelRun, ProviderConsent
from assistant.providers.registry import MACHINES, Unavailable
from tests.assistant.passages import read_all
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory

pytestmark = pytest.mark.django_db


class Another:
    """A provider of vectors: it keeps what it was sent."""

    name = "another"
    label = "Another"
    is_local = False
    version = "1"
    dimensions = 8

    def __init__(self, model: str = "one") -> None:
        self.model = model
        self.sent: list[str] = []
        self.is_away = False

    def is_there(self) -> bool:
        return True

    def passages(self, texts: Sequence[str]) -> Any:
        if self.is_away:
            raise Unavailable("It is away.")
        self.sent += texts
        return np.ones((len(texts), 8), np.float32) / 8**0.5

    def question(self, text: str) -> Any:
        return self.passages([text])[0]


@pytest.fixture
def another(settings: Any) -> Iterator[Another]:
    settings.NEXUS_EMBEDDINGS = "another"
    settings.NEXUS_MACHINES = "providers"
    MACHINES.embedders["another"] = Another()
    yield MACHINES.embedders["another"]  # type: ignore[misc]
    del MACHINES.embedders["another"]


def state(provider: str) -> str:
    found: str = EmbeddingModel.objects.get(provider=provider).state
    return found


def test_it_serves_once_it_is_filled_and_not_before(another: Another) -> None:
    PublicTrackFactory(title="Quarry")
    another.is_away = True
    read_all()
    assert state("another") == "filling"
    assert state("lexical") == "serving"
    another.is_away = False
    assert filling.work_off() is False
    assert state("another") == "serving"
    assert state("lexical") == "serving", "words and letters always serve"


def test_behind_a_new_model_the_old_one_goes(another: Another) -> None:
    PublicTrackFactory(title="Quarry")
    read_all()
    old = EmbeddingModel.objects.get(provider="another")
    MACHINES.embedders["another"] = Another("two")
    filling.work_off()
    old.refresh_from_db()
    assert old.state == "retired"
    assert not Embedding.objects.filter(model=old).exists()
    assert EmbeddingModel.objects.get(model="two").state == "serving"


def test_a_provider_is_sent_what_it_may_read_and_nothing_else(another: Another) -> None:
    PublicTrackFactory(title="Openly")
    ReadyTrackFactory(title="Privately")
    given = ReadyTrackFactory(title="Given")
    kept = PublicTrackFactory(title="Kept back")
    Consent.objects.create(track=kept, where="here")
    Consent.objects.create(track=given, where="providers")
    ProviderConsent.objects.create(track=given, provider="another")
    read_all()
    sent = "\n".join(another.sent)
    assert "Openly" in sent
    assert "Given" in sent
    assert "Privately" not in sent
    assert "Kept back" not in sent
    assert Embedding.objects.filter(chunk__track=kept, model__provider="lexical").exists()


def test_each_piece_knows_which_model_has_read_it(another: Another) -> None:
    track = PublicTrackFactory(title="Quarry", description_md="Stones by the lake.")
    read_all()
    (run,) = ModelRun.objects.filter(track=track)
    assert (run.task, run.provider, run.model) == ("embedding", "another", "one")
    assert run.embeddings.count() == 2


def test_what_is_not_there_leaves_words_and_letters(settings: Any) -> None:
    settings.NEXUS_EMBEDDINGS = "nothing"
    assert models.wanted().provider == Lexical.name
    assert "NEXUS_EMBEDDINGS=nothing is not there" in vectors()


def test_the_operator_sees_and_makes_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    PublicTrackFactory(title="Quarry")
    call_command("meaning", "fill")
    call_command("meaning", "status")
    assert "1 of 1 vectors, indexed" in capsys.readouterr().out
    assert "1 of 1" in vectors()
    call_command("meaning", "index")
    assert "0 indexes made" in capsys.readouterr().out

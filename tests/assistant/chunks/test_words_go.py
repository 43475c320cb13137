"""What is taken back, hidden or muted is in no passage from that moment on, without any worker."""

from collections.abc import Callable

import pytest
from django.test import Client

from assistant.chunks import services
from assistant.models import ChangedPiece, Chunk
from media_pipeline.processing.services import muting
from tests.assistant.passages import read_all, say
from tests.factories import moderation as judges
from tests.factories.described import tag_on
from tests.factories.tracks import PublicTrackFactory
from tracks.catalogue.services import editing
from tracks.models import Tag, Track, TrackTag

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece() -> Track:
    track: Track = PublicTrackFactory.create(title="Lemurs", description_md="Ring 555 quokka.")
    tag_on(track, "Marsupial")
    say(track, "Here speaks the wombat of the hill.")
    read_all()
    return track


def found(text: str) -> bool:
    body = {"query": text}
    answer = Client().post("/api/v1/search/", body, content_type="application/json")
    assert answer.status_code == 200
    return bool(answer.json()["results"])


def reword(track: Track) -> None:
    editing.edit(track=track, by=track.owner, description_md="Ring nobody.")


def rename(track: Track) -> None:
    editing.edit(track=track, by=track.owner, title="Others")


def untag(track: Track) -> None:
    TrackTag.objects.filter(track=track).delete()


@pytest.mark.parametrize(
    ("word", "act"), [("quokka", reword), ("lemurs", rename), ("marsupial", untag)]
)
def test_words_that_were_taken_back_are_not_quoted(
    piece: Track, word: str, act: Callable[[Track], None]
) -> None:
    assert Chunk.objects.filter(track=piece, text__icontains=word).exists()
    act(piece)
    assert not Chunk.objects.filter(track=piece, text__icontains=word).exists()
    assert ChangedPiece.objects.filter(track=piece.pk).exists()


def test_what_is_sung_and_hidden_is_not_quoted_though_it_was_heard(piece: Track) -> None:
    assert found("wombat")
    judges.decide(piece, "hide", "lyrics")
    assert not Chunk.objects.filter(source="transcript").exists()
    read_all()
    assert not found("wombat")


def test_what_is_muted_is_neither_kept_nor_made_again(
    piece: Track, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found("wombat")
    monkeypatch.setattr(muting, "_rules", [lambda _asset: [(1_000, 2_400)]])
    services.drop_shut([piece.pk])
    assert not Chunk.objects.filter(source="transcript").exists()
    services.mark([piece.pk])
    read_all()
    assert "wombat" not in Chunk.objects.get(source="transcript").text
    assert not found("wombat")


def test_a_tag_that_is_called_otherwise_has_its_pieces_read_anew(piece: Track) -> None:
    ChangedPiece.objects.all().delete()
    Tag.objects.filter(track_tags__track=piece).update(name="Monotreme")
    assert ChangedPiece.objects.filter(track=piece.pk).exists()

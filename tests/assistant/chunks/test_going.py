"""Passages go in the transaction that hides, deletes or forbids what they are of."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from assistant.chunks import services
from assistant.models import Chunk, Consent, Embedding, ProviderConsent
from social.notes.services import notes
from tests.assistant.passages import JFK, read_all, say
from tests.factories import moderation as judges
from tests.factories.media_pipeline import AssetFactory, finish
from tests.factories.notes import NoteFactory
from tests.factories.tracks import PublicTrackFactory, add_version
from tracks.catalogue.services import deletion
from tracks.models import Lyrics, Track, TrackVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def track() -> Track:
    """A piece that has passages of every source."""
    made: Track = PublicTrackFactory(title="Quarry", description_md="Stones by the lake.")
    say(made, JFK)
    Lyrics.objects.create(track=made, text="A silver anchor")
    NoteFactory(version=made.primary_version, body_md="The bass comes in late.")
    read_all()
    return made


def sources(track: Track) -> set[str]:
    return set(Chunk.objects.filter(track=track).values_list("source", flat=True))


ALL = {"title", "words", "lyrics", "transcript", "notes"}


def test_every_source_has_passages_with_vectors(track: Track) -> None:
    assert sources(track) == ALL
    assert Embedding.objects.filter(chunk__track=track).count() == Chunk.objects.count()


def test_making_them_again_changes_nothing(track: Track) -> None:
    before = set(Chunk.objects.values_list("pk", "sha256", "made_at"))
    services.make([track.pk])
    assert set(Chunk.objects.values_list("pk", "sha256", "made_at")) == before


def test_other_words_make_another_passage_alone(track: Track) -> None:
    kept = set(Chunk.objects.exclude(source="words").values_list("pk", flat=True))
    Track.objects.filter(pk=track.pk).update(description_md="Trees by the lake.")
    services.make([track.pk])
    assert Chunk.objects.get(source="words").text == "Trees by the lake."
    assert kept < set(Chunk.objects.values_list("pk", flat=True))


def delete(track: Track) -> None:
    deletion.delete(track=track, by=track.owner)


def delete_row(track: Track) -> None:
    Track.objects.filter(pk=track.pk).update(deleted_at=timezone.now())


def ban(track: Track) -> None:
    judges.ban(track.owner)


def forbid(track: Track) -> None:
    Consent.objects.create(track=track, where="nowhere")


def hide(track: Track) -> None:
    judges.decide(track, "hide")


@pytest.mark.parametrize("deed", [delete, delete_row, ban, forbid, hide])
def test_all_of_them_go_at_once(track: Track, deed: Callable[[Track], object]) -> None:
    other = PublicTrackFactory(title="Other")
    read_all()
    deed(track)
    assert sources(track) == set()
    assert not Embedding.objects.filter(chunk__track=track).exists()
    assert sources(other) == {"title"}
    while services.work_off():
        pass
    assert sources(track) == set(), "they do not come back by themselves"


def hide_version(track: Track) -> None:
    TrackVersion.objects.filter(track=track).update(hidden_at=timezone.now())


def remove_note(track: Track) -> None:
    note = track.notes.get()
    notes.remove(note=note, by=note.user)


def narrow_note(track: Track) -> None:
    track.notes.update(visibility="reviewers")


def drop_lyrics(track: Track) -> None:
    track.lyrics.delete()


def drop_transcript(track: Track) -> None:
    track.primary_version.transcript.delete()


def hide_words(track: Track) -> None:
    judges.decide(track, "hide", "words")


def hide_lyrics(track: Track) -> None:
    judges.decide(track, "hide", "lyrics")


def hide_note(track: Track) -> None:
    judges.decide(track.notes.get(), "hide", "note")


@pytest.mark.parametrize(
    ("deed", "gone"),
    [
        (hide_words, {"words"}),
        (hide_lyrics, {"lyrics", "transcript"}),  # what was heard is what is sung
        (hide_note, {"notes"}),
        (hide_version, {"transcript"}),
        (remove_note, {"notes"}),
        (narrow_note, {"notes"}),
        (drop_lyrics, {"lyrics"}),
        (drop_transcript, {"transcript"}),
    ],
)
def test_of_one_source_they_go_at_once(
    track: Track, deed: Callable[[Track], object], gone: set[str]
) -> None:
    deed(track)
    assert sources(track) == ALL - gone
    assert not Chunk.objects.filter(source__in=gone, embeddings__isnull=False).exists()


def test_what_was_deleted_comes_back_with_the_piece(track: Track) -> None:
    delete(track)
    deletion.restore(track=Track.everything.get(pk=track.pk), by=track.owner)
    while services.work_off():
        pass
    assert sources(track) == ALL


def test_changed_words_of_a_recording_go_and_come_anew(track: Track) -> None:
    transcript: Any = track.primary_version.transcript
    transcript.segments[0]["words"][0][2] = "Therefore"
    transcript.save()
    assert "transcript" not in sources(track), "what was taken out is nowhere"
    while services.work_off():
        pass
    text = Chunk.objects.filter(source="transcript").order_by("place").first()
    assert text is not None
    assert text.text.startswith("Therefore so my")


def test_versions_beside_the_primary_one_have_passages_too(track: Track) -> None:
    other = add_version(track, finish(AssetFactory(owner=track.owner)))
    say(track, "An older word for it.", version=other)
    while services.work_off():
        pass
    assert Chunk.objects.filter(source_id=other.pk).count() == 1


def test_vectors_of_a_provider_go_with_its_consent(track: Track) -> None:
    from assistant.models import EmbeddingModel

    model = EmbeddingModel.objects.create(
        provider="openai", model="m", dimensions=3, state="serving"
    )
    for chunk in Chunk.objects.all():
        Embedding.objects.create(chunk=chunk, model=model, vector=[1, 0, 0])
    consent = ProviderConsent.objects.create(track=track, provider="openai")
    consent.withdrawn_at = timezone.now()
    consent.save()
    assert not Embedding.objects.filter(model=model).exists()
    assert sources(track) == ALL

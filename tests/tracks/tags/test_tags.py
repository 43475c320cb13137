"""Tags: one word for one thing, said by owners and suggested by machines."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import AudioFacts
from media_pipeline.signals import asset_probed
from tests.factories.described import tag, tag_on
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory
from tests.indexing import index
from tests.jobs import read_events
from tracks.models import Tag, Track, TrackTag
from tracks.tags.rules import genres_in_file, names_in, tag_key
from tracks.tags.services import counting, tagging
from tracks.visibility.services.visibility import set_visibility

pytestmark = pytest.mark.django_db


@pytest.fixture
def track() -> Track:
    return PublicTrackFactory.create(title="Tide")


def names_on(track: Track, state: str = "accepted") -> list[str]:
    return [row.tag.name for row in track.track_tags.filter(state=state).select_related("tag")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hip-Hop", "hip hop"),
        ("hip_hop", "HIP HOP"),
        ("#calm", "Calm"),
        ("Música", "musica"),
        ("drum & bass", "Drum  &  Bass"),
    ],
)
def test_spellings_of_one_word_are_one_tag(one: str, other: str) -> None:
    assert tag_key(one) == tag_key(other)
    assert tag(one) == tag(other)


def test_a_plural_is_another_word() -> None:
    assert tag_key("guitars") != tag_key("guitar")


def test_well_known_words_are_of_their_kind() -> None:
    kinds = [tag(word).kind for word in ("Drum and Bass", "melancholic", "cello", "my street")]
    assert kinds == ["genre", "mood", "instrument", "free"]
    tagging.tags_for(["gabber"], kind="genre")
    assert tag("Gabber").kind == "genre"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x" * 41, "tag-too-long"),
        ("#", "tag-empty"),
        ("\u2800", "tag-empty"),
        (",".join(str(n) for n in range(31)), "too-many-tags"),
    ],
)
def test_what_cannot_be_a_tag_has_a_sentence(text: str, kind: str) -> None:
    with pytest.raises(Problem) as refused:
        names_in(text)
    assert refused.value.type == kind
    assert refused.value.detail.endswith(".")


def test_a_track_has_thirty_at_most(track: Track) -> None:
    tagging.add_tags(tracks=[track], names=[f"word {n}" for n in range(29)], by=track.owner)
    with pytest.raises(Problem, match="up to 30"):
        tagging.add_tags(tracks=[track], names=["a b", "c d"], by=track.owner)
    tagging.add_tags(tracks=[track], names=["a b", "word 3"], by=track.owner)
    assert len(names_on(track)) == 30
    assert tagging.suggest(track=track, tag="late", confidence=1, by_machine="ear") is None


def test_only_the_owner_says_what_it_is(track: Track) -> None:
    row = tag_on(track, "calm")
    stranger = UserFactory.create()
    for act in (
        lambda: tagging.add_tags(tracks=[track], names=["x"], by=stranger),
        lambda: tagging.set_tags(track=track, names=["x"], by=stranger),
        lambda: tagging.remove_tag(row=row, by=stranger),
        lambda: tagging.decide(row=row, is_right=False, by=stranger),
    ):
        with pytest.raises(Problem, match="Only its owner"):
            act()


def test_many_tracks_are_tagged_at_once(track: Track) -> None:
    other = ReadyTrackFactory.create(owner=track.owner)
    said: Any = {"tracks": [track, other], "names": ["Calm", "Piano"], "by": track.owner}
    assert tagging.add_tags(**said) == 4
    assert tagging.add_tags(**said) == 0
    assert tag("calm").uses == 1, "of what everybody may find"


def test_a_suggestion_waits_for_its_owner(track: Track) -> None:
    row = tagging.suggest(track=track, tag="Calm", confidence=0.756, by_machine="ear")
    assert row
    assert "Calm" not in Client().get(track.get_absolute_url()).content.decode()
    owner = Client()
    owner.force_login(track.owner)
    shown = owner.get(track.get_absolute_url()).content.decode()
    assert "76&nbsp;%" in shown
    act = f"/tracks/{track.slug}/tags/{row.pk}/"
    answer = owner.post(act, {"act": "accept", "from": "track"})
    assert answer["Location"] == track.get_absolute_url()
    assert 'href="/tags/calm/"' in Client().get(track.get_absolute_url()).content.decode()
    assert tag("calm").uses == 1
    owner.post(act, {"act": "remove"})
    assert names_on(track, "refused") == ["Calm"]
    assert tagging.suggest(track=track, tag="calm", confidence=1.0, by_machine="ear") is None
    owner.post(f"/tracks/{track.slug}/tags/", {"tags": "calm"})
    assert names_on(track) == ["Calm"]


def test_genres_of_the_file_are_suggested(track: Track) -> None:
    asset = track.primary_version.media.asset
    AudioFacts.objects.filter(asset=asset).update(tags={"genre": "(17)Rock / Post-Punk; 12"})
    for _ in range(2):
        asset_probed.send(sender=None, asset=asset)
    assert names_on(track, "suggested") == ["Rock", "Post-Punk"]


@pytest.mark.parametrize(
    "text", ["", "17", "(4)", "Other", "unknown; None", "x" * 500, "\0", "/;/", "\u202e"]
)
def test_odd_genres_suggest_nothing(text: str) -> None:
    assert genres_in_file(text) == []


def test_counts_follow_what_is_published(track: Track) -> None:
    tag_on(track, "calm")
    set_visibility(track=track, visibility="private", by=track.owner)
    read_events()
    assert tag("calm").uses == 0
    set_visibility(track=track, visibility="public", by=track.owner)
    Tag.objects.update(uses=7)
    counting.recount_all()
    assert tag("calm").uses == 1


def test_a_tag_has_a_page_of_what_is_published(track: Track) -> None:
    now = timezone.now()
    tracks = [
        PublicTrackFactory.create(owner=track.owner, published_at=now - timedelta(hours=n))
        for n in range(1, 26)
    ]
    hidden = ReadyTrackFactory.create(owner=track.owner, title="Secret")
    tagging.add_tags(tracks=[track, *tracks, hidden], names=["Calm"], by=track.owner)
    tagging.suggest(track=PublicTrackFactory.create(), tag="calm", confidence=1, by_machine="ear")
    first = Client().get("/tags/calm/").content.decode()
    assert first.count('class="card"') == 24
    assert "Secret" not in first
    following = first.partition('class="more"><a class="button" href="')[2].partition('"')[0]
    second = Client().get(f"/tags/calm/{following}").content.decode()
    assert second.count('class="card"') == 2
    tag_on(hidden, "own word")
    assert Client().get("/tags/own-word/").status_code == 404


def test_a_list_costs_the_same_however_long(track: Track) -> None:
    counts = []
    for count in (1, 5):
        for number in range(count):
            tag_on(track, f"word {number}")
            tag_on(PublicTrackFactory.create(), "calm")
        asked = []
        for address in ("/tags/", "/tags/calm/", track.get_absolute_url()):
            with CaptureQueriesContext(connection) as queries:
                Client().get(address)
            asked.append(len(queries))
        counts.append(asked)
    assert counts[0] == counts[1]
    assert counts[0][:2] == [2, 3]


def test_tracks_are_found_by_their_tags(track: Track) -> None:
    tagging.add_tags(tracks=[track], names=["Field-Recording"], by=track.owner)
    index()
    for words in ("recording", "field tide", "fieldrec"):
        assert "Tide" in Client().get("/search/", {"q": words}).content.decode(), words
    assert 'href="/tags/field-recording/"' in Client().get("/search/?q=field").content.decode()


def test_the_most_used_are_offered_first(track: Track) -> None:
    for number in range(12):
        tag_on(track, f"pia {number}")
    tag_on(PublicTrackFactory.create(), "pia 7")
    tag_on(ReadyTrackFactory.create(), "piano")
    found = Client().get("/api/v1/tags/?begins=Pí").json()["results"]
    assert len(found) == 10
    assert (found[0]["name"], found[0]["uses"]) == ("pia 7", 2)
    assert "piano" not in [row["name"] for row in found], "of nothing that one could find"


def test_programs_say_and_read_them(track: Track) -> None:
    tagging.suggest(track=track, tag="warm", confidence=0.9, by_machine="ear")
    client, address = Client(), f"/api/v1/tracks/{track.pk}/tags/"
    client.force_login(track.owner)
    said = client.put(address, {"tags": ["Calm", "cello"]}, content_type="application/json").json()
    assert [(row["name"], row["state"]) for row in said["results"]] == [
        ("warm", "suggested"),
        ("Calm", "accepted"),
        ("cello", "accepted"),
    ]
    told = Client().get(address).json()["results"]
    assert [row["name"] for row in told] == ["Calm", "cello"]
    client.put(address, {"tags": ["warm"]}, content_type="application/json")
    assert [row["name"] for row in Client().get(address).json()["results"]] == ["warm"]
    refused = client.put(address, {"tags": ["x" * 41]}, content_type="application/json")
    assert refused.status_code == 400
    assert refused.json()["type"] == "/problems/tag-too-long"


def test_a_form_that_is_refused_keeps_its_words(track: Track) -> None:
    client = Client()
    client.force_login(track.owner)
    answer = client.post(f"/tracks/{track.slug}/tags/", {"tags": f"calm, {'x' * 41}"})
    assert answer.status_code == 422
    assert "up to 40 letters" in answer.content.decode()
    assert 'value="calm, xx' in answer.content.decode()
    assert not TrackTag.objects.exists()

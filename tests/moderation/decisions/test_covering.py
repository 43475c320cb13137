"""A hidden cover is shown by nothing: a blank one stands in its place, and it comes back."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from media_pipeline.delivery import covers as blank
from media_pipeline.delivery import media_url
from media_pipeline.models import Media
from moderation import things
from moderation.decisions import services
from moderation.decisions.effects import simulate
from social.profiles import services as profiles
from tests.factories.moderation import decide, make_case, moderator
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.tracks.covers.test_covers import picture
from tracks.covers import services as covers
from tracks.downloads.words import cover_of
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def signed(media: Media, name: str = "cover.jpg") -> str:
    return media_url(Media.objects.get(pk=media.pk), "-", name, scope="img")


def fetched(client: Client, address: str) -> bytes:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.getvalue()


@pytest.mark.parametrize(
    ("scope", "factory"),
    [("track", PublicTrackFactory), ("release", ReleaseFactory), ("playlist", PlaylistFactory)],
)
def test_a_hidden_cover_is_blank_everywhere(scope: str, factory: Any, client: Client) -> None:
    row = factory.create(visibility="public")
    media = covers.put(thing=row, data=picture(), by=row.owner)
    row.refresh_from_db()
    lasting = f"/cover/{scope}/{row.pk}.jpg"
    before, own = signed(media), fetched(client, signed(media))
    assert fetched(client, lasting) == own != blank.data()
    made = decide(media, "hide", "cover", case=make_case(row, scope))
    assert made.person == row.owner
    assert made.title == row.title
    assert client.get(before).status_code == 403
    for address in (signed(media), signed(media, "cover-thumb.jpg"), lasting):
        assert fetched(client, address) == blank.data()
    page = client.get(row.get_absolute_url())
    assert page.status_code == 200
    assert before not in page.text
    services.restore(decision=made, by=moderator(), facts="No.")
    assert fetched(client, signed(media)) == own
    assert fetched(client, lasting) == own


def test_another_cover_is_shown_again_and_files_go_without_the_hidden_one(client: Client) -> None:
    track: Track = PublicTrackFactory.create()
    media = covers.put(thing=track, data=picture(), by=track.owner)
    decide(media, "hide", "cover", case=make_case(track))
    track = Track.objects.select_related("cover__asset__artwork").get(pk=track.pk)
    found = cover_of(track, None)
    assert found
    assert found.full_key == blank.BLANK_KEY
    client.force_login(track.owner)
    assert "Moderators have hidden its cover." in client.get(track.get_absolute_url()).text
    other = covers.put(thing=track, data=picture(500, 500), by=track.owner)
    assert fetched(client, signed(other)) != blank.data()


def test_what_is_inside_a_file_can_be_hidden_too_and_its_sound_goes_on() -> None:
    track = PublicTrackFactory.create()
    asset = track.primary_version.media.asset
    asset.artwork.origin = "embedded"
    asset.artwork.save()
    parts = things.parts_of("track", track)
    assert [part for kind, part in parts if kind.scope == "cover"] == [track.primary_version.media]
    assert simulate("hide", "cover", track.primary_version.media).sentence == (
        "This closes 1 picture."
    )
    case = make_case(track)
    assert {kind.scope for kind, _ in things.parts_of(case.target, track)} == {
        *("track", "version", "moment", "cover", "person"),
    }


def test_a_picture_of_a_person_is_blank_to_others(client: Client) -> None:
    person = PublicTrackFactory.create().owner
    row = profiles.add(by=person, data=picture(2000, 700), filename="a.png", words={}, header=True)
    address = row.get_absolute_url()
    own = fetched(client, address)
    made = decide(row, "hide", "picture", case=make_case(person, "person"))
    assert fetched(client, address) == blank.data() != own
    sentence = "hidden a picture of your page"
    assert sentence not in client.get(person.get_absolute_url()).text
    client.force_login(person)
    assert fetched(client, address) == own
    assert sentence in client.get(person.get_absolute_url()).text
    client.logout()
    services.restore(decision=made, by=moderator(), facts="No.")
    assert fetched(client, address) == own


def test_nobody_reports_a_part(client: Client) -> None:
    track = PublicTrackFactory.create()
    media = covers.put(thing=track, data=picture(), by=track.owner)
    words = {"target_type": "cover", "target_id": str(media.pk), "kind": "hate"}
    answer = client.post("/api/v1/reports/", words, content_type="application/json")
    assert answer.status_code == 400

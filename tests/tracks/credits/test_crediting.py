"""Who made a track or a release, as its owner says, and as everybody reads it."""

from typing import Any

import pytest
from django.test import Client

from config.lib.problems import Problem
from media_pipeline.models import Event
from tests.factories import moderation as judges
from tests.factories.described import credit
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, ReleaseFactory
from tests.indexing import index
from tracks.credits.rules import Artist, Said
from tracks.credits.services import crediting
from tracks.credits.services.names import forget_unused
from tracks.models import Credit, Name, ReleaseTrack, Track

pytestmark = pytest.mark.django_db
ARTISTS = [Artist("Ada", " feat. "), Artist("Björk", " & "), Artist("Cy")]


@pytest.fixture
def track() -> Track:
    return PublicTrackFactory.create(title="Tide", owner__display_name="Owner")


def page(track: Any) -> str:
    return Client().get(track.get_absolute_url()).content.decode()


def test_artists_are_read_where_the_track_is(track: Track) -> None:
    text = crediting.set_artists(thing=track, artists=ARTISTS, by=track.owner)
    assert text == "Ada feat. Björk & Cy"
    shown = page(track)
    assert '<a href="/artists/bjork/"><bdi>Björk</bdi></a> &amp; ' in shown
    assert f'on <a href="/@{track.owner.handle}/">@{track.owner.handle}</a>' in shown
    assert "<title>Tide — Ada feat. Björk &amp; Cy" in shown
    assert '"byArtist": {"@type": "MusicGroup", "name": "Ada feat. Björk \\u0026 Cy"' in shown
    index()
    for address in ("/", "/search/?q=tide", "/search/?q=bjork"):
        assert "Ada feat. Björk &amp; Cy" in Client().get(address).content.decode(), address
    version = track.primary_version_id
    assert Client().get(f"/api/v1/lists/track/{track.slug}/").json()["entries"][0]["artist"] == text
    embed = Client().get(f"/embed/track/{track.pk}/").content.decode()
    assert "Ada feat. Björk &amp; Cy" in embed
    told = Client().get("/oembed/", {"url": f"http://testserver{track.get_absolute_url()}"}).json()
    assert told["author_name"] == text
    assert version


def test_none_means_the_owners_own_name(track: Track) -> None:
    crediting.set_artists(thing=track, artists=ARTISTS, by=track.owner)
    crediting.set_artists(thing=track, artists=[], by=track.owner)
    assert "<title>Tide — Owner" in page(track)
    assert not track.credits.exists()


def test_a_release_has_its_own(track: Track) -> None:
    release = ReleaseFactory.create(owner=track.owner, title="Shore")
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    crediting.set_artists(thing=release, artists=ARTISTS[:1], by=track.owner)
    crediting.set_credits(
        thing=release, credits=[Said("Dee", "mastering", "at night")], by=track.owner
    )
    shown = page(release)
    assert '<a href="/artists/ada/"><bdi>Ada</bdi></a>' in shown
    assert "Mastering" in shown
    assert '<a href="/artists/dee/"><bdi>Dee</bdi></a>' in shown
    assert "Shore" in Client().get("/artists/dee/").content.decode()


def test_what_stays_keeps_its_row_and_what_was_said_of_it(track: Track) -> None:
    first = credit(track, "Ada", "writer")
    Credit.objects.filter(pk=first.pk).update(is_unlinked=True)
    said = [Said("Bo", "producer"), Said("ADA", "writer", url="https://example.org/")]
    crediting.set_credits(thing=track, credits=said, by=track.owner)
    kept = track.credits.get(pk=first.pk)
    assert (kept.is_unlinked, kept.credited_as, kept.position) == (True, "ADA", 2)
    assert track.credits.count() == 2


def test_only_the_owner_says_it(track: Track) -> None:
    stranger = UserFactory.create()
    for act in (
        lambda: crediting.set_artists(thing=track, artists=ARTISTS, by=stranger),
        lambda: crediting.set_credits(thing=track, credits=[], by=stranger),
        lambda: crediting.add_credit(tracks=[track], credit=Said("A", "writer"), by=stranger),
    ):
        with pytest.raises(Problem, match="Only its owner"):
            act()
    assert not Name.objects.exists()


def test_one_credit_goes_on_many_tracks_once(track: Track) -> None:
    other = PublicTrackFactory.create(owner=track.owner)
    credit(track, "Ada", "mixer")
    said = Said("ada", "mixer")
    assert crediting.add_credit(tracks=[track, other], credit=said, by=track.owner) == 1
    assert crediting.add_credit(tracks=[track, other], credit=said, by=track.owner) == 0
    assert Credit.objects.count() == 2


def test_two_spellings_are_one_name(track: Track) -> None:
    credit(track, "Björk")
    credit(PublicTrackFactory.create(), "BJORK")
    assert [name.slug for name in Name.objects.all()] == ["bjork"]
    shown = Client().get("/artists/bjork/").content.decode()
    assert shown.count('class="card"') == 2


def test_a_line_knows_names_that_are_here(track: Track) -> None:
    credit(track, "Earth, Wind & Fire")
    found = crediting.read_artists("Al & earth, wind & fire feat. Bo")
    assert [artist.name for artist in found] == ["Al", "earth, wind & fire", "Bo"]


def test_whoever_is_credited_under_an_account_is_told(track: Track) -> None:
    ada = UserFactory.create(handle="ada")
    name = credit(track, "Ada").name
    Name.objects.filter(pk=name.pk).update(account=ada)
    other = ReadyTrackFactory.create()
    credit(other, "Ada", "writer")
    event = Event.objects.get(kind="credit.given")
    assert event.data == {"person": str(ada.pk)}
    assert '<a href="/@ada/"><bdi>Ada</bdi></a>' in page(track)


def test_a_banned_account_is_not_linked(track: Track) -> None:
    ada = judges.banned(handle="ada")
    name = credit(track, "Ada").name
    Name.objects.filter(pk=name.pk).update(account=ada)
    assert '<a href="/artists/ada/"><bdi>Ada</bdi></a>' in page(track)
    assert "@ada" not in Client().get("/artists/ada/").content.decode()


def test_names_without_credits_are_forgotten(track: Track) -> None:
    from datetime import timedelta

    from django.utils import timezone

    credit(track, "Ada")
    crediting.set_credits(thing=track, credits=[Said("Bo", "writer")], by=track.owner)
    assert forget_unused(timezone.now(), 10) == 0, "not at once"
    assert forget_unused(timezone.now() + timedelta(days=31), 10) == 1
    assert [name.name for name in Name.objects.all()] == ["Bo"]


def test_markup_in_names_stays_text(track: Track) -> None:
    crediting.set_artists(thing=track, artists=[Artist("<b>Ada</b>")], by=track.owner)
    credit(track, "</script><i>Bo</i>")
    shown = page(track)
    assert "<b>Ada" not in shown
    assert "<i>Bo" not in shown

"""Each count is the length of its list, whoever asks and whatever has changed a moment ago."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.utils import timezone

from media_pipeline.models import AudioFacts
from social.models import User
from tests.factories import moderation as judges
from tests.factories.described import credit, tag_on
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.indexing import index
from tracks.models import Label, Lyrics, Playlist, ReleaseTrack, Track
from tracks.models.described import Licence
from tracks.search import counting, selectors
from tracks.search.facets import FACETS
from tracks.search.grammar import Wanted, read
from tracks.search.services import indexing
from tracks.tags.services import counting as tag_counting

pytestmark = pytest.mark.django_db
# Of two that are written alike, one's address is the other's key.
TAGS = ("Hip Hop", "R&B", "rb", "C++", "c", "Ночь", "日本", "Noch")
CODECS = ("pcm_s16le", "flac", "mp3", "ac3", "wavpack", "vorbis")
CLOSED: tuple[dict[str, Any], ...] = (
    {"visibility": "private"},
    {"visibility": "unlisted"},
    {"deleted_at": timezone.now()},
    {"published_at": None, "release_at": timezone.now() + timedelta(days=1)},
)
ASKED = ("rain", "rian", "-nothing", "rain bpm:90..150", "rain tag:c -tag:rb", "key:8A key:3B")


class Shop:
    """Music of three people, of which one is banned, and a label; some of it just closed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.people = [UserFactory.create(display_name=f"Rain {n}") for n in range(3)]
        for number in range(22):
            self._piece(number)
        for person in self.people:
            PlaylistFactory.create(owner=person, title="Rain")
        tag_counting.recount_all()
        index()
        # What follows is not in the documents yet.
        for track in Track.objects.order_by("pk")[::5]:
            Track.objects.filter(pk=track.pk).update(**self.chance.choice(CLOSED))
        judges.as_before_decisions(User.objects.filter(pk=self.people[0].pk), is_banned=True)
        Playlist.objects.filter(owner=self.people[1]).update(visibility="private")

    def _piece(self, number: int) -> None:
        chance, owner = self.chance, self.chance.choice(self.people)
        track = PublicTrackFactory.create(
            owner=owner,
            title=f"Rain {number}",
            bpm=chance.choice((None, 60, 89.9, 90, 110, 127.5, 128, 170)),
            music_key=chance.choice(("", "Am", "Db", "C#", "F#m")),
            licence=chance.choice(Licence.values),
            gives_mp3=chance.choice(("nobody", "everybody")),
        )
        said = {"codec": chance.choice(CODECS), "duration_ms": chance.choice((9e4, 12e4, 5e5))}
        AudioFacts.objects.filter(asset=track.primary_version.media.asset).update(**said)
        for name in chance.sample(TAGS, 2):
            tag_on(track, name)
        credit(track, f"Rain maker {number % 5}")
        if number % 3 == 0:
            Lyrics.objects.create(track=track, text="La")
        if number % 6 == 0:
            label, _ = Label.objects.get_or_create(owner=owner, name="Rain", slug=owner.handle)
            release = ReleaseFactory.create(
                owner=owner, title="Rain", label=label, released_on=chance.choice(("1861", "1999"))
            )
            ReleaseTrack.objects.create(release=release, track=track, position=1)

    def viewers(self) -> list[Any]:
        return [AnonymousUser(), UserFactory.create(), StaffFactory.create(), *self.people[:2]]


def length(wanted: Wanted, viewer: Any) -> int:
    found, cursor = 0, ""
    while True:
        page = selectors.results(wanted, viewer, cursor, size=9)
        found += len(page.tracks) + len(page.others)
        cursor = page.next_cursor
        if not cursor:
            return found


@pytest.mark.parametrize("seed", [1, 2])
def test_of_every_facet_and_kind_for_everybody(seed: int) -> None:
    shop, facets, kinds = Shop(seed), set[str](), set[str]()
    for viewer in shop.viewers():
        text = ASKED[shop.chance.randrange(len(ASKED))]
        for wanted in {read({"q": [text]}), read({"q": ["rain"]})}:
            for group in counting.groups(wanted, viewer):
                facets.add(group.name)
                for option in group.options:
                    narrowed = wanted.with_chip(option.chip)
                    assert option.count == length(narrowed, viewer), (text, viewer, option)
            for kind, count in counting.by_kind(wanted, viewer):
                kinds.add(kind.name)
                assert count == length(wanted.of_kind(kind.name), viewer), (kind.name, viewer)
    assert facets >= {"tag", "has", "bpm", "key", "length", "year", "licence", "codec"}
    assert kinds >= {"track", "release", "playlist", "artist", "person", "label"}


def test_what_is_offered_can_be_asked_for(client: Client) -> None:
    track: Any = PublicTrackFactory.create(title="Rain")
    facts = AudioFacts.objects.filter(asset=track.primary_version.media.asset)
    release: Any = ReleaseFactory.create(owner=track.owner, released_on="1860")
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    for codec in CODECS:
        facts.update(codec=codec)
        index()
        assert client.get("/search/counts/", {"q": "rain"}).status_code == 200
        told = client.get("/api/v1/search/counts/", {"q": "rain"}).json()
        for group in told["facets"]:
            for option in group["options"]:
                asked = {"q": "rain", group["facet"]: option["value"]}
                assert len(client.get("/api/v1/search/", asked).json()["results"]) == 1, asked
        assert {group["facet"] for group in told["facets"]} >= {"year", "licence"}
    assert FACETS["codec"].read("lossless") == "lossless"


def test_tags_that_are_written_alike_are_two(client: Client) -> None:
    for name in ("R&B", "rb", "C++", "c"):
        tag_on(PublicTrackFactory.create(title=name), name)
    index()
    for asked, found in (("tag:r&b", "R&B"), ("tag:rb", "rb"), ("tag:c++", "C++"), ("tag:c", "c")):
        told = client.get("/api/v1/search/", {"q": asked}).json()["results"]
        assert [row["title"] for row in told] == [found]


def test_much_that_was_closed_a_moment_ago_costs_little(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    """Somebody with thousands of pieces was kept out, and their documents are still there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tracks_document (id, kind, title_key, standing, names, words)"
            " SELECT gen_random_uuid(), 'track', 'love ' || n, 4000000000 + n,"
            " 'love'::tsvector, 'love'::tsvector FROM generate_series(1, 3000) n",
            [],
        )
    left = PublicTrackFactory.create(title="Love remains")
    indexing.mark([f"track:{left.pk}"])
    indexing.work_off()
    client.get("/api/v1/search/", {"q": "love"})
    with django_assert_max_num_queries(16):
        told = client.get("/api/v1/search/", {"q": "love"}).json()
    assert [row["title"] for row in told["results"]] == ["Love remains"]

"""What is found, in which order, and how many."""

import random
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from tests.factories import moderation as judges
from tests.factories.media_pipeline import AssetFactory, MediaFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PublicTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)
from tests.indexing import index
from tracks.models import Credit, Document, Name, ReleaseTrack, Stem, Track
from tracks.search import ranking, selectors
from tracks.search.grammar import read
from tracks.tags.services import tagging

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def titles(text: str, viewer: Any = NOBODY) -> list[str]:
    with selectors.bounded(5):
        found = selectors.results(read({"q": [text]}), viewer)
    return [track.title for track in found.tracks]


def test_what_fits_best_comes_first() -> None:
    PublicTrackFactory.create(title="Blue", description_md="Recorded in the rain.")
    PublicTrackFactory.create(title="Rain")
    PublicTrackFactory.create(title="In the rain")
    PublicTrackFactory.create(title="Rain again")
    index()
    assert titles("rain") == ["Rain", "Rain again", "In the rain", "Blue"]


def test_found_by_everything_that_is_said_of_it() -> None:
    track = PublicTrackFactory.create(title="One", description_md="With a *theremin*.")
    PublicTrackFactory.create(title="Two")
    tagging.set_tags(track=track, names=["Köln Sound"], by=track.owner)
    release = ReleaseFactory.create(owner=track.owner, title="Seven Hills")
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    name = Name.objects.create(name="Žofie Nováková", key="zofie novakova", slug="zofie")
    Credit.objects.create(track=track, name=name, credited_as="Žofie N.", role="musician")
    index()
    for words in ("theremin", "koln", "seven hills", "zofie", "novak", f"one {track.owner.handle}"):
        assert titles(words) == ["One"], words
    assert titles('"hills seven"') == []
    assert titles("one -theremin") == []


def test_chips_ask_for_traits() -> None:
    track = PublicTrackFactory.create(title="One", bpm=124, music_key="Am", licence="cc-by-4.0")
    PublicTrackFactory.create(title="Two", bpm=90, music_key="C")
    Stem.objects.create(
        version=track.primary_version, media=_media(track), created_by=track.owner, role="bass"
    )
    index()
    for asked in (
        *("bpm:120..128", "bpm:124", "key:8A", "licence:cc", "licence:cc-by", "has:stems"),
        *("-key:C", "-bpm:..100", f"by:{track.owner.handle} key:am", "bpm:50..60 bpm:124"),
    ):
        assert titles(asked) == ["One"], asked
    assert titles("key:8A key:C") == ["Two", "One"], "one value or the other"
    assert titles("bpm:150..") == []
    assert titles(f"year:{timezone.now().year}") == ["Two", "One"]
    assert titles("before:2000") == []


def _media(track: Track) -> Any:
    return MediaFactory.create(asset=AssetFactory.create(owner=track.owner))


def test_a_letter_that_is_wrong_does_not_matter() -> None:
    names = [
        *("Wanderer", "Nocturne", "Harvest moon", "Glasshouse", "Silver lining", "Velvet morning"),
        *("Thunderstorm", "Cathedral", "Magnolia", "Paper lanterns", "Winterreise", "Evergreen"),
    ]
    for name in names:
        PublicTrackFactory.create(title=name)
    index()
    chance = random.Random(13)
    found = tried = 0
    for name in names:
        for _ in range(8):
            mistyped = _mistyped(name, chance)
            tried += 1
            found += name in titles(mistyped)[:10]
    assert found / tried >= 0.9


def _mistyped(name: str, chance: random.Random) -> str:
    """Change one letter of the longest word: another, one more, one less, or two exchanged."""
    word = max(name.lower().split(), key=len)
    at = chance.randrange(len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    changed = [
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    return name.lower().replace(word, chance.choice(changed))


def test_a_count_is_the_length_of_its_list() -> None:
    owner, other = UserFactory.create(), judges.banned()
    for n in range(30):
        maker = PublicTrackFactory if n % 3 else UnlistedTrackFactory
        maker.create(title=f"Rain {n}", owner=other if n % 5 == 0 else owner, bpm=100 + n)
    ReleaseFactory.create(title="Rain", owner=other)
    index()
    for viewer in (NOBODY, owner, other, UserFactory.create(is_staff=True)):
        for text in (
            "rain",
            "rain bpm:110..",
            "bpm:100..115",
            "-rain",
            "rian bpm:101",
            "type:release rain",
        ):
            wanted = read({"q": [text]})
            listed, cursor = 0, ""
            while True:
                page = selectors.results(wanted, viewer, cursor, size=7)
                listed += len(page.tracks) + len(page.others)
                cursor = page.next_cursor
                if not cursor:
                    break
            assert listed == selectors.count(wanted, viewer), (text, viewer)


def test_what_is_closed_is_not_found_though_it_has_a_document() -> None:
    track = PublicTrackFactory.create(title="Secret")
    index()
    Track.objects.filter(pk=track.pk).update(visibility="private")
    assert Document.objects.filter(pk=track.pk).exists()
    assert titles("secret") == []
    assert titles("secret", track.owner) == []
    index()
    assert not Document.objects.filter(pk=track.pk).exists()


def test_plans_walk_an_index() -> None:
    """No step reads the whole table, whatever is looked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tracks_document (id, kind, title_key, standing, names, words)"
            " SELECT gen_random_uuid(), 'track', 'love ' || n, n,"
            " ('love n' || n)::tsvector, ('love n' || n || ' has=x' || n %% 9)::tsvector"
            " FROM generate_series(1, 20000) n",
            [],
        )
        cursor.execute("ANALYZE tracks_document")
    for text in (
        "love",
        "n17",
        "love n4",
        "n",
        "love has:stems",
        "bpm:120..128",
        "zzz",
        "love -n3",
    ):
        for query in ranking.steps(read({"q": [text]}), None, 33):
            plan = query.explain()
            assert "Seq Scan" not in plan, (text, plan)

"""Looking for music by words."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import moderation as judges
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)
from tests.indexing import index
from tracks.models import ReleaseTrack
from tracks.models.search import WORDS_MAX, words_of
from tracks.search import registry, selectors

pytestmark = pytest.mark.django_db


def found(client: Client, text: str) -> list[str]:
    page = page_of(client, text)
    return [track.title for track in page.context["found"].tracks]


def page_of(client: Client, text: str) -> Any:
    index()
    page = client.get("/search/", {"q": text}, follow=True)
    assert page.status_code == 200
    return page


def test_every_word_begins_a_word_of_title_description_or_artist(client: Client) -> None:
    ada = UserFactory(handle="ada", display_name="Ada Lovelace")
    PublicTrackFactory(title="Engine No. 1", description_md="A *slow* waltz.", owner=ada)
    PublicTrackFactory(title="Engine No. 2")
    assert found(client, "engine") == ["Engine No. 2", "Engine No. 1"]
    for words in ["engine ada", "LOVE engine", "waltz lovelace", "slo wal eng"]:
        assert found(client, words) == ["Engine No. 1"]
    assert found(client, "engine missing") == []
    assert found(client, "gine") == [], "a word is found from its beginning"


def test_words_of_every_script(client: Client) -> None:
    PublicTrackFactory(title="Dvořák – Славянские танцы")
    assert found(client, "dvořák слав") == ["Dvořák – Славянские танцы"]


@pytest.mark.parametrize(
    "text", ["'", "a' | b:*", "!!", "\x00", "&", ":*", "(((", "%", "_ _", "\\"]
)
def test_signs_are_no_words(client: Client, text: str) -> None:
    PublicTrackFactory(title="Rain")
    assert found(client, text) == []


def test_only_what_is_published(client: Client) -> None:
    owner = UserFactory()
    ReadyTrackFactory(owner=owner, title="Rain")
    UnlistedTrackFactory(owner=owner, title="Rain")
    assert found(client, "rain") == []
    client.force_login(owner)
    assert found(client, "rain") == [], "one's own unfinished things are in My uploads"


def test_without_words_nothing_is_looked_for(client: Client) -> None:
    PublicTrackFactory()
    page = client.get("/search/")
    assert page.status_code == 200
    assert page.context["found"].tracks == []


def test_what_was_typed_is_shown_as_words(client: Client) -> None:
    page = client.get("/search/", {"q": '<script>"x"</script>'}).content.decode()
    assert "<script>&quot;" not in page
    assert "&lt;script&gt;&quot;x&quot;&lt;/script&gt;" in page


def test_words_are_few_and_short() -> None:
    assert words_of("One, two!") == ["one", "two"]
    assert len(words_of("x " * 100)) == WORDS_MAX
    assert len(words_of("y" * 500)[0]) == 60


def test_pages_follow_and_keep_the_words(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    PublicTrackFactory.create_batch(26, title="Rain & sun", published_at=timezone.now())
    index()
    client.get("/search/", {"q": "s"})  # how broad this is, is remembered
    with django_assert_max_num_queries(9):  # with two for the transaction
        first = client.get("/search/", {"q": "rain & s"}).context
    assert first["next_url"].startswith("?q=rain+%26+s&cursor=")
    second = client.get("/search/" + first["next_url"]).context
    shown = [page["found"].tracks for page in (first, second)]
    seen = {track.pk for tracks in shown for track in tracks}
    assert (*map(len, shown), len(seen)) == (24, 2, 26)
    assert client.get("/search/", {"q": "rain", "cursor": "x"}).status_code == 404


def test_people_are_found_by_their_names_and_closed_ones_are_not(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    UserFactory(handle="ada", display_name="Ada Lovelace")
    judges.banned(handle="adam", display_name="Adam")
    index()
    client.get("/search/", {"q": "ad"})
    with django_assert_max_num_queries(8):
        page = client.get("/search/", {"q": "ad love"})
    assert '<a class="button" href="/@ada/">' in page.text
    assert "Nothing with" not in page.text
    assert "/@adam/" not in client.get("/search/", {"q": "ad"}).text
    assert "found-person" not in client.get("/search/", {"q": "zzz"}).text


def test_an_upper_app_reaches_further(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [registry.Found(uuid4(), "<b>One</b>", "/one/")]
    arms: dict[str, registry.Arm] = {}
    monkeypatch.setattr(registry, "ARMS", arms)
    monkeypatch.setattr(selectors, "ARMS", arms)
    registry.reach(registry.Arm("meaning", "By meaning", lambda _text, _viewer, most: found[:most]))
    registry.reach(registry.Arm("broken", "Broken", lambda _text, _viewer, most: [][most]))
    page = client.get("/search/", {"q": "one"}).text
    assert "By meaning" in page
    assert "&lt;b&gt;One&lt;/b&gt;" in page
    assert "Broken" not in page
    with pytest.raises(ValueError, match="meaning"):
        registry.reach(registry.Arm("meaning", "", lambda _text, _viewer, _most: []))


def test_no_two_kinds_have_one_name() -> None:
    with pytest.raises(ValueError, match="track"):
        registry.register(registry.KINDS["track"])


@pytest.mark.parametrize(("title", "asked"), [
    ("Let's Go Fishin'", "lets go fishin"),
    ("Lets Go Fishin", "Let’s go fishin'"),
    ("R.E.M.", "rem"),
    ("AC/DC", "acdc"),
    ("AC/DC", "ac dc"),
    ("L'amour", "amour"),
    ("L’amour", "l'amour"),
    ("Co-op", "coop"),
    ("Rock & Roll!", "rock roll"),
])  # fmt: skip
def test_marks_do_not_matter(client: Client, title: str, asked: str) -> None:
    PublicTrackFactory.create(title=title)
    page = page_of(client, asked).text
    assert 'class="card"' in page


def test_releases_and_playlists_are_found_too(client: Client) -> None:
    ReleaseFactory.create(title="Open sea", visibility="public")
    PlaylistFactory.create(title="Sea songs", visibility="public")
    ReleaseFactory.create(title="Secret sea", visibility="private")
    page = page_of(client, "sea").text
    assert "Open sea" in page
    assert "Sea songs" in page
    assert "Secret sea" not in page


def test_releases_are_found_as_cards_in_few_queries(client: Client) -> None:
    track = PublicTrackFactory.create(title="Night Train")
    for number in range(3):
        release = ReleaseFactory.create(
            owner=track.owner, title=f"Night {number}", visibility="public", released_on="1977"
        )
        ReleaseTrack.objects.create(release=release, track=track, position=1)
    index()
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/search/?q=night&type=release").text
    assert len(asked) <= 8
    assert page.count('class="card"') == 3
    assert "1977" in page
    assert track.owner.name in page


def test_tracks_stand_before_other_kinds(client: Client) -> None:
    page = client.get("/search/?q=night").text
    kinds = ["type=track", "type=release", "type=artist", "type=person", "type=playlist"]
    places = [page.index(kind) for kind in kinds]
    assert places == sorted(places)

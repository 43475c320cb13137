"""Looking for music by words."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)
from tracks.models import Track
from tracks.models.search import WORDS_MAX, words_of
from tracks.search import registry

pytestmark = pytest.mark.django_db


def found(client: Client, text: str) -> list[str]:
    page = client.get("/search/", {"q": text})
    assert page.status_code == 200
    return [track.title for track in page.context["tracks"]]


def test_every_word_begins_a_word_of_title_description_or_artist(client: Client) -> None:
    ada = UserFactory(handle="ada", display_name="Ada Lovelace")
    PublicTrackFactory(title="Engine No. 1", description_md="A *slow* waltz.", owner=ada)
    PublicTrackFactory(title="Engine No. 2")
    assert found(client, "engine") == ["Engine No. 2", "Engine No. 1"]
    for words in ["engine ada", "LOVE engine", "waltz lovelace", "slo wal eng"]:
        assert found(client, words) == ["Engine No. 1"]
    assert found(client, "engine missing") == []
    assert found(client, "ngine") == [], "a word is found from its beginning"


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
    assert page.context["tracks"] == []


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
    with django_assert_max_num_queries(8):  # one for each kind of thing that is found
        first = client.get("/search/", {"q": "rain & s"}).context
    assert first["next_url"].startswith("?q=rain+%26+s&before=")
    second = client.get("/search/" + first["next_url"]).context
    seen = {track.pk for track in [*first["tracks"], *second["tracks"]]}
    assert (len(first["tracks"]), len(second["tracks"]), len(seen)) == (24, 2, 26)
    assert client.get("/search/", {"q": "rain", "before": "x"}).status_code == 404


def test_the_indexes_are_used() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    plan = Track.objects.matching("rain").values("pk").explain()
    assert "track_words" in plan
    assert "user_words" in plan


def test_people_are_found_by_their_names_and_closed_ones_are_not(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    UserFactory(handle="ada", display_name="Ada Lovelace")
    UserFactory(handle="adam", display_name="Adam", is_banned=True)
    with django_assert_max_num_queries(7):
        page = client.get("/search/", {"q": "ad love"})
    assert '<a class="button" href="/@ada/">' in page.text
    assert "Nothing with" not in page.text
    assert "/@adam/" not in client.get("/search/", {"q": "ad"}).text
    assert "People" not in client.get("/search/", {"q": "zzz"}).text


def test_an_upper_app_adds_a_document(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "DOCUMENTS", {})
    found = [registry.Found("<b>One</b>", "/one/")] * 20
    registry.register("things", "Things", lambda _text, _viewer: found)
    page = client.get("/search/", {"q": "one"}).text
    assert page.count("&lt;b&gt;One&lt;/b&gt;") == registry.MOST
    with pytest.raises(ValueError, match="things"):
        registry.register("things", "", lambda _text, _viewer: [])


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
    page = client.get("/search/", {"q": asked}).text
    assert 'class="card"' in page


def test_releases_and_playlists_are_found_too(client: Client) -> None:
    ReleaseFactory.create(title="Open sea", visibility="public")
    PlaylistFactory.create(title="Sea songs", visibility="public")
    ReleaseFactory.create(title="Secret sea", visibility="private")
    page = client.get("/search/", {"q": "sea"}).text
    assert "Open sea" in page
    assert "Sea songs" in page
    assert "Secret sea" not in page

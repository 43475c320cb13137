"""Playlists that fill themselves by rules."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.lib.problems import Problem
from tests.factories.social import UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReadyTrackFactory
from tracks.collections import services as collections
from tracks.criteria.language import read
from tracks.models import Playlist
from tracks.playlists.services import smart
from tracks.visibility.services.visibility import set_visibility

pytestmark = pytest.mark.django_db
RULES = {"rules": [{"field": "bpm", "operator": "least", "value": "100"}], "sort": "title"}
FORM = {"field": ["bpm"], "operator": ["least"], "value": ["100"], "match": "all"}
FORM |= {"sort": "title", "limit": "50", "title": "Fast"}


def fast(**words: Any) -> Any:
    """Return a public smart playlist of what is fast."""
    return PlaylistFactory.create(title="Fast", rules=read(RULES).kept(), **words)


def titles(client: Client, playlist: Playlist) -> list[str]:
    return [item.track.title for item in client.get(playlist.get_absolute_url()).context["items"]]


def heard(client: Client, playlist: Playlist) -> list[str]:
    answer = client.get(f"/api/v1/lists/playlist/{playlist.slug}/").json()
    return [entry["title"] for entry in answer["entries"]]


def test_it_is_written_without_scripts(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert client.get("/playlists/new/smart/").status_code == 200
    page = client.post("/playlists/new/smart/", FORM | {"do": "add"})
    assert len(page.context["rows"]) == 2
    page = client.post("/playlists/new/smart/", FORM | {"do": "remove:0"})
    assert [row["value"] for row in page.context["rows"]] == [""]
    PublicTrackFactory.create(title="Quick", bpm="140")
    assert "Quick" in client.post("/playlists/new/smart/", FORM | {"do": "preview"}).text
    assert not Playlist.objects.exists()
    answer = client.post("/playlists/new/smart/", FORM | {"do": "save"})
    made = Playlist.objects.get()
    assert answer["Location"] == f"/playlists/{made.slug}/"
    assert made.visibility == "private"
    assert titles(client, made) == ["Quick"]
    rules = f"/playlists/{made.slug}/rules/"
    assert 'value="100"' in client.get(rules).text
    client.post(rules, FORM | {"value": ["150"], "do": "save"})
    assert titles(client, made) == []
    assert "Smart playlist" in client.get(made.owner.get_absolute_url()).text


def test_what_is_unclear_is_said_beside_it(client: Client) -> None:
    client.force_login(UserFactory.create())
    wrong = FORM | {"value": ["quick"], "title": " ", "limit": "0", "do": "save"}
    page = client.post("/playlists/new/smart/", wrong)
    assert page.status_code == 422
    for sentence in ("beats a minute", "Give it a title", "1 to 500"):
        assert sentence in page.text
    assert 'value="quick"' in page.text, "nothing that was written is lost"


def test_it_never_leaks_what_is_private(client: Client) -> None:
    playlist = fast()
    PublicTrackFactory.create(title="Open", bpm="120")
    ReadyTrackFactory.create(title="Mine", bpm="120", owner=playlist.owner)
    other = ReadyTrackFactory.create(title="Theirs", bpm="120").owner
    own, stranger = Client(), Client()
    own.force_login(playlist.owner)
    stranger.force_login(other)
    assert titles(client, playlist) == titles(stranger, playlist) == ["Open"]
    assert titles(own, playlist) == ["Mine", "Open"]
    assert heard(client, playlist) == ["Open"]
    assert heard(stranger, playlist) == ["Open", "Theirs"], "what one may hear oneself"
    assert "Mine" not in client.get(f"/embed/playlists/{playlist.pk}/").text


def test_nothing_is_put_into_it_by_hand(client: Client) -> None:
    playlist, track = fast(), PublicTrackFactory.create()
    with pytest.raises(Problem, match="Rules say"):
        collections.add(collection=playlist, track=track)
    client.force_login(playlist.owner)
    assert playlist.title not in client.get(f"/tracks/{track.slug}/collect/").text
    assert "Change its rules" in client.get(f"/playlists/{playlist.slug}/edit/").text
    plain = PlaylistFactory.create(owner=playlist.owner)
    assert client.get(f"/playlists/{plain.slug}/rules/").status_code == 404
    with pytest.raises(Problem, match="by hand"):
        smart.change(playlist=plain, criteria=read(RULES), by=plain.owner)
    with pytest.raises(Problem, match="Only its owner"):
        smart.change(playlist=playlist, criteria=read(RULES), by=track.owner)


def test_a_long_one_has_pages_in_few_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    playlist = fast()
    PublicTrackFactory.create_batch(3, bpm="130")
    from tracks.collections import selectors

    selectors.SHOWN_AT_ONCE, before = 2, selectors.SHOWN_AT_ONCE
    try:
        with django_assert_max_num_queries(5):
            first = client.get(playlist.get_absolute_url())
        second = client.get(playlist.get_absolute_url() + first.context["next_url"])
    finally:
        selectors.SHOWN_AT_ONCE = before
    assert first.context["count"] == 3
    assert (len(first.context["items"]), len(second.context["items"])) == (2, 1)
    assert second.context["first_number"] == 3
    assert client.get(f"{playlist.get_absolute_url()}?after=999999").status_code == 200


def shelf(client: Client, owner: Any) -> list[Any]:
    """Return the playlists as a person's page shows them."""
    sections = client.get(owner.get_absolute_url()).context["sections"]
    return next(one.page.rows for one in sections if one.kind == "playlist")


def test_on_a_shelf_it_shows_the_covers_of_what_one_may_open() -> None:
    playlist, other = fast(), UserFactory.create()
    tracks = [PublicTrackFactory.create(title=t, bpm="120", owner=other) for t in "EDCBA"]
    (row,) = shelf(Client(), playlist.owner)
    covers = [track.primary_version.media for track in reversed(tracks)][:4]
    assert all(str(m.pk) in cover for m, cover in zip(covers, row.covers, strict=True))
    assert row.face.cover_thumb_url == row.covers[0]
    PublicTrackFactory.create(title="0", bpm="90")  # too slow, and so never among them
    for track in tracks[:2]:
        set_visibility(track=track, visibility="private", by=other)
    (row,) = shelf(Client(), playlist.owner)
    assert row.covers == [], "three are left, and so the first alone stands for it"
    assert str(tracks[-1].primary_version.media.pk) in row.face.cover_thumb_url
    set_visibility(track=tracks[-1], visibility="private", by=other)
    (row,) = shelf(Client(), playlist.owner)
    assert str(tracks[-1].primary_version.media.pk) not in row.face.cover_thumb_url
    ReadyTrackFactory.create(title="00", bpm="120", owner=playlist.owner)
    own = Client()
    own.force_login(playlist.owner)
    assert shelf(own, playlist.owner)[0].face != shelf(Client(), playlist.owner)[0].face


def test_many_on_a_shelf_cost_no_more_queries_than_one() -> None:
    playlist = fast()
    for title in "ABCDE":
        PublicTrackFactory.create(title=title, bpm="120")
    counts = []
    for more in (0, 6):
        for _ in range(more):
            fast(owner=playlist.owner)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            rows = shelf(Client(), playlist.owner)
        counts.append(len(asked))
        assert {len(row.covers) for row in rows} == {4}
    assert len(rows) == 7
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_its_kept_page_forgets_what_was_closed(client: Client, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    track = PublicTrackFactory.create(title="Secret by now", bpm=120)
    rules = read({"rules": [{"field": "bpm", "operator": "is", "value": "120"}]}).kept()
    playlist = PlaylistFactory.create(rules=rules)
    address = playlist.get_absolute_url()
    assert "Secret by now" in client.get(address).text
    set_visibility(track=track, visibility="private", by=track.owner)
    assert "Secret by now" not in client.get(address).text

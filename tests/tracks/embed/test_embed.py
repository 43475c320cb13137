"""The small player for foreign pages: open to be framed, the same for all, and nobody's own."""

import json
import re
from typing import Any

import pytest
from django.test import Client, override_settings

from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    TrackFactory,
    UnlistedTrackFactory,
)
from tracks.embed import presenters as embed
from tracks.models import PlaylistItem, ReleaseTrack, Track

pytestmark = pytest.mark.django_db

UNKNOWN = "6f1c1e9e-50f7-4b0e-9d3c-2f3f1d3a9b10"


def data(page: Any) -> Any:
    """Return what the page hands to its script."""
    html = page.content.decode()
    found = re.search(r'<script id="embed-data" type="application/json">(.*?)</script>', html)
    assert found
    return json.loads(found[1])


def test_a_public_track_may_be_framed_by_everybody(client: Client) -> None:
    track = PublicTrackFactory(title="</script><script>alert(1)</script>")
    page = client.get(f"/embed/track/{track.pk}")
    assert page.status_code == 200
    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert page["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert page["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "<script>alert" not in page.content.decode()
    (told,) = data(page)["tracks"]
    assert told["title"] == track.title
    assert told["hls_url"].endswith("/master.m3u8")


def test_no_cookie_is_ever_set_and_none_changes_the_page(client: Client) -> None:
    track = PublicTrackFactory()
    plain = client.get(f"/embed/track/{track.pk}")
    client.force_login(track.owner)
    before = dict(client.cookies)
    known = client.get(f"/embed/track/{track.pk}")
    assert not plain.cookies
    assert not known.cookies
    assert dict(client.cookies) == before
    assert "Cookie" not in plain.headers.get("Vary", "")
    assert plain.content == known.content


def test_an_operator_narrows_who_may_frame(client: Client) -> None:
    track = PublicTrackFactory()
    with override_settings(NEXUS_EMBED_ANCESTORS=["https://blog.example"]):
        policy = client.get(f"/embed/track/{track.pk}")["Content-Security-Policy"]
    assert "frame-ancestors https://blog.example" in policy


def test_only_frames_may_be_framed(client: Client) -> None:
    page = client.get(PublicTrackFactory().get_absolute_url())
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


@pytest.mark.parametrize("factory", [ReadyTrackFactory, UnlistedTrackFactory])
def test_what_is_closed_says_so_inside_the_frame(client: Client, factory: Any) -> None:
    track = factory()
    client.force_login(track.owner)  # not even its owner: what they see is what a visitor sees
    page = client.get(f"/embed/track/{track.pk}")
    assert page.status_code == 404
    assert "not open to everybody" in page.content.decode()
    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert track.title not in page.content.decode()


def test_an_unlisted_track_opens_by_its_key(client: Client) -> None:
    track = UnlistedTrackFactory()
    page = client.get(f"/embed/track/{track.pk}?key={track.token}")
    assert page.status_code == 200
    assert data(page)["tracks"][0]["key"] == track.token
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    other = UnlistedTrackFactory()
    assert client.get(f"/embed/track/{track.pk}?key={other.token}").status_code == 404


def test_a_key_opens_nothing_after_the_track_was_closed(client: Client) -> None:
    track = UnlistedTrackFactory()
    Track.objects.update(visibility="private")
    assert client.get(f"/embed/track/{track.pk}?key={track.token}").status_code == 404


@pytest.mark.parametrize(
    "path", ["none", "6f1c1e9e-50f7-4b0e-9d3c-2f3f1d3a9b10", "' OR 1=1", "0" * 36]
)
def test_an_unknown_id_is_404(client: Client, path: str) -> None:
    assert client.get(f"/embed/track/{path}").status_code == 404


def test_the_look_is_chosen_by_the_address(client: Client) -> None:
    track = PublicTrackFactory()
    page = client.get(f"/embed/track/{track.pk}?theme=dark&accent=2B7FD2&autoplay=1&start=12.5")
    html = page.content.decode()
    assert 'data-theme="dark"' in html
    assert "/accent/2b7fd2.css" in html
    assert data(page)["autoplay"] is True
    assert data(page)["start"] == 12.5


@pytest.mark.parametrize(
    "query",
    ["theme=<b>", "accent=red", "accent=12345g", "start=-1", "start=nan", "start=inf", "start=1e9"],
)
def test_what_makes_no_sense_is_as_if_it_were_not_there(client: Client, query: str) -> None:
    track = PublicTrackFactory()
    page = client.get(f"/embed/track/{track.pk}?{query}")
    html = page.content.decode()
    assert page.status_code == 200
    assert "data-theme" not in html
    assert "/accent/b4552d.css" in html  # the cover's own
    assert data(page)["start"] == 0


def test_a_track_that_waits_is_a_page_without_a_player(client: Client) -> None:
    track = TrackFactory(visibility="public")
    page = client.get(f"/embed/track/{track.pk}")
    assert page.status_code == 200
    assert "Nothing can be heard here yet" in page.content.decode()


def test_a_release_tells_what_everybody_may_hear_in_order(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    release = ReleaseFactory()
    for position, factory in enumerate(
        (PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory, PublicTrackFactory), start=1
    ):
        track = factory(owner=release.owner, title=f"Number {position}")
        ReleaseTrack.objects.create(release=release, track=track, position=position)
    with django_assert_max_num_queries(5):
        page = client.get(f"/embed/release/{release.pk}")
    assert [row["title"] for row in data(page)["tracks"]] == ["Number 1", "Number 4"]


def test_a_playlist_plays_a_track_twice_and_stops_at_fifty(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    playlist, track = PlaylistFactory(), PublicTrackFactory()
    for position in range(1, 53):
        PlaylistItem.objects.create(playlist=playlist, track=track, position=position)
    with django_assert_max_num_queries(5):
        page = client.get(f"/embed/playlist/{playlist.pk}")
    assert len(data(page)["tracks"]) == embed.MOST_TRACKS
    assert "All 52 on" in page.content.decode()


def test_lists_open_like_tracks(client: Client) -> None:
    for factory, kind in ((ReleaseFactory, "release"), (PlaylistFactory, "playlist")):
        hidden, private = factory(visibility="unlisted"), factory(visibility="private")
        assert client.get(f"/embed/{kind}/{hidden.pk}").status_code == 404
        assert client.get(f"/embed/{kind}/{hidden.pk}?key={hidden.token}").status_code == 200
        assert client.get(f"/embed/{kind}/{private.pk}?key={private.token}").status_code == 404


def test_a_track_takes_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    track = PublicTrackFactory()
    with django_assert_max_num_queries(3):
        client.get(f"/embed/track/{track.pk}")


def test_frames_are_kept_for_all_until_something_changes(
    client: Client, django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from tracks.catalogue.services.editing import edit

    track = PublicTrackFactory(title="Before")
    with override_settings(PAGE_CACHE_SECONDS=10):
        client.get(f"/embed/track/{track.pk}")
        with django_assert_num_queries(0):
            page = client.get(f"/embed/track/{track.pk}")
        assert "Before" in page.content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            edit(
                track=track, by=track.owner, title="After", description_md="", visibility="private"
            )
        assert client.get(f"/embed/track/{track.pk}").status_code == 404


def test_peaks_are_letters() -> None:
    assert embed.peaks([]) == ""
    assert embed.peaks([-128, 127, 0, 0]) == "_A"
    many = embed.peaks([value for n in range(1000) for value in (-n // 8, n // 8)])
    assert len(many) == embed.PEAKS
    heights = [embed.LETTERS.index(letter) for letter in many]
    assert heights == sorted(heights)


def test_covers_have_a_lasting_address(client: Client) -> None:
    track = PublicTrackFactory()
    answer = client.get(f"/cover/track/{track.pk}.jpg?size=thumb")
    assert answer.status_code == 302
    assert answer["Location"].endswith("/cover-thumb.jpg")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    hidden = UnlistedTrackFactory()
    assert client.get(f"/cover/track/{hidden.pk}.jpg").status_code == 404
    assert client.get(f"/cover/track/{hidden.pk}.jpg?key={hidden.token}").status_code == 302
    assert client.get(f"/cover/track/{TrackFactory(visibility='public').pk}.jpg").status_code == 404
    assert client.get(f"/cover/user/{track.pk}.jpg").status_code == 404


def test_the_widget_can_be_imported_from_anywhere(client: Client) -> None:
    script = client.get("/embed/widget.js")
    assert script["Content-Type"].startswith("text/javascript")
    assert script["Access-Control-Allow-Origin"] == "*"
    assert "export class NexusWidget" in script.content.decode()


def test_the_documentation_plays_the_newest_piece(client: Client) -> None:
    assert "As soon as something public plays here" in client.get("/docs/embed/").content.decode()
    track = PublicTrackFactory()
    assert f"/embed/track/{track.pk}" in client.get("/docs/embed/").content.decode()


def test_search_engines_are_led_to_the_own_page_of_what_is_public() -> None:
    track = PublicTrackFactory.create()
    html = Client().get(f"/embed/track/{track.pk}").content.decode()
    assert f'<link rel="canonical" href="http://testserver{track.get_absolute_url()}">' in html
    assert "noindex" not in html
    track.visibility = "unlisted"
    track.save()
    page = Client().get(f"/embed/track/{track.pk}", {"key": track.token}).content.decode()
    assert "canonical" not in page
    assert '<meta name="robots" content="noindex">' in page

"""The page of a track."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from social.notes.services import notes
from tests.factories.media_pipeline import FailedJobFactory, finish
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PublicTrackFactory,
    ReadyTrackFactory,
    TrackFactory,
    UnlistedTrackFactory,
    add_version,
)
from tracks.models import Track

pytestmark = pytest.mark.django_db


def test_everybody_reads_a_public_page(client: Client) -> None:
    track = PublicTrackFactory(title="Harbour", description_md="Made in *winter*.")
    page = client.get(track.get_absolute_url())
    assert page.status_code == 200
    assert "Harbour" in page.content.decode()
    assert "<em>winter</em>" in page.content.decode()
    assert page.context["can_edit"] is False


def test_the_player_is_handed_signed_addresses(client: Client) -> None:
    track = PublicTrackFactory(title="</script><script>alert(1)</script>")
    html = client.get(track.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    found = re.search(r'<script id="player-data" type="application/json">(.*?)</script>', html)
    assert found
    data = json.loads(found[1])
    assert data["title"] == track.title
    assert data["hls_url"].startswith("/m/")
    assert data["hls_url"].endswith("/master.m3u8")
    assert data["duration_ms"] == 222_000


def test_a_private_page_is_there_for_its_owner_alone(client: Client) -> None:
    track = ReadyTrackFactory()
    assert client.get(track.get_absolute_url()).status_code == 404
    client.force_login(UserFactory())
    assert client.get(track.get_absolute_url()).status_code == 404
    client.force_login(track.owner)
    page = client.get(track.get_absolute_url())
    assert page.status_code == 200
    assert page.context["can_edit"] is True


def test_an_unlisted_page_opens_by_its_key_only(client: Client) -> None:
    track = UnlistedTrackFactory()
    assert track.get_absolute_url() == f"/t/{track.token}/"
    assert client.get(reverse("track-detail", args=[track.slug])).status_code == 404
    assert client.get(f"/t/{track.token[:-1]}x/").status_code == 404
    page = client.get(track.get_absolute_url())
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def test_a_key_opens_nothing_once_the_track_is_private(client: Client) -> None:
    track = UnlistedTrackFactory()
    Track.objects.update(visibility="private")
    assert client.get(f"/t/{track.token}/").status_code == 404


def test_a_track_that_waits_has_a_page_too(client: Client) -> None:
    track = TrackFactory()
    client.force_login(track.owner)
    page = client.get(track.get_absolute_url())
    assert page.status_code == 200
    assert page.context["player"]["playable"] is False


def test_the_owner_reads_why_it_failed(client: Client) -> None:
    track = TrackFactory()
    job = FailedJobFactory(asset=track.primary_version.media.asset)
    client.force_login(track.owner)
    html = client.get(track.get_absolute_url()).content.decode()
    assert job.error in html
    assert job.stderr_tail not in html


def test_others_read_neither_why_it_failed_nor_a_button(client: Client) -> None:
    track = PublicTrackFactory()
    asset = track.primary_version.media.asset
    type(asset).objects.filter(pk=asset.pk).update(ready_at=None)
    job = FailedJobFactory(asset=asset)
    page, fragment = track.get_absolute_url(), f"/versions/{track.primary_version_id}/job/"
    for address in (page, fragment):
        html = client.get(address).content.decode()
        assert "cannot be played" in html
        assert job.error not in html
        assert "Try again" not in html
    client.force_login(track.owner)
    assert job.error in client.get(fragment).content.decode()


def test_the_fragment_does_not_wait_for_the_version_to_follow_its_asset(client: Client) -> None:
    track = PublicTrackFactory()
    track.versions.update(status="processing")
    html = client.get(f"/versions/{track.primary_version_id}/job/").content.decode()
    assert "Ready" in html
    assert 'data-status="ready"' in html


def test_files_are_called_what_musicians_call_them(client: Client) -> None:
    page = client.get(PublicTrackFactory().get_absolute_url()).content.decode()
    assert "<dd>WAV · 44.1" in page
    assert "PCM" not in page


def test_a_track_without_a_version_still_answers(client: Client) -> None:
    track = TrackFactory()
    Track.objects.update(primary_version=None)
    client.force_login(track.owner)
    assert client.get(track.get_absolute_url()).status_code == 200


def test_the_page_takes_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    track = PublicTrackFactory()
    with django_assert_max_num_queries(4):
        client.get(track.get_absolute_url())
    client.force_login(track.owner)
    with django_assert_max_num_queries(8):
        client.get(track.get_absolute_url())


def test_a_page_can_be_asked_for_its_headers_alone(client: Client) -> None:
    track = PublicTrackFactory()
    for address in ("/", track.get_absolute_url(), f"/@{track.owner.handle}/"):
        answer = client.head(address)
        assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_page_is_only_read(client: Client, method: str) -> None:
    track = PublicTrackFactory()
    assert getattr(client, method)(track.get_absolute_url()).status_code == 405


def test_every_version_of_a_piece_has_its_cover(client: Client) -> None:
    track = PublicTrackFactory()
    first = track.primary_version
    finish(add_version(track).media.asset)
    Track.objects.filter(pk=track.pk).update(primary_version=first)
    track.versions.update(status="ready")
    shown = client.get(track.get_absolute_url()).context["player"]
    other = client.get(track.get_absolute_url() + "?v=2").context["player"]
    assert other["version_id"] != shown["version_id"]
    assert shown["cover"]
    assert [other[name] for name in ("cover", "cover_thumb", "accent")] == [
        shown[name] for name in ("cover", "cover_thumb", "accent")
    ]


def test_as_a_listener_the_owner_reads_what_listeners_read(client: Client) -> None:
    track = PublicTrackFactory()
    assert track.primary_version
    notes.write(
        version=track.primary_version,
        author=track.owner,
        body_md="Among us.",
        at_ms=0,
        visibility="reviewers",
    )
    client.force_login(track.owner)
    room = reverse("track-notes", args=[track.pk])
    assert "Among us." in client.get(room).text
    assert "Among us." not in client.get(room, {"as": "visitor"}).text
    assert 'as="visitor"' in client.get(reverse("track-as-listener", args=[track.slug])).text
    assert 'as="visitor"' not in client.get(track.get_absolute_url()).text


def test_the_owner_may_look_as_a_listener(client: Client) -> None:
    track = ReadyTrackFactory.create(title="Not out yet")
    client.force_login(track.owner)
    address = reverse("track-detail", args=[track.slug])
    looking = reverse("track-as-listener", args=[track.slug])
    assert looking in client.get(address).text
    answer = client.get(looking)
    assert "You see this as a listener does" in answer.text
    assert "Title, words, visibility" not in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert client.cookies["nexus-person"].value == str(track.owner_id)
    client.force_login(UserFactory.create())
    assert client.get(looking).status_code == 404
    assert Client().get(looking).status_code == 302

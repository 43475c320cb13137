"""The pages of versions: what they tell, what their forms do, and what they refuse."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from media_pipeline.models import AudioFacts, Waveform
from social.models import User
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, TrackFactory, UnlistedTrackFactory
from tests.tracks.versions.test_versions_actions import another, version
from tracks.models import Track

pytestmark = pytest.mark.django_db


@pytest.fixture
def artist() -> User:
    return UserFactory(handle="artist")


@pytest.fixture
def track(artist: User) -> Track:
    """A public piece in two versions, of which the first is primary."""
    track = PublicTrackFactory(owner=artist, title="Sea", slug="sea")
    louder = another(track, label="Louder", note_md="More *bass* <script>alert(1)</script>")
    facts = AudioFacts.objects.filter(asset=louder.media.asset)
    facts.update(loudness_lufs=-11.9, duration_ms=111_000, loudness_curve=[-20.0, None, -12.5] * 37)
    first = AudioFacts.objects.filter(asset=version(track, 1).media.asset)
    first.update(loudness_curve=[-24.0] * 222)
    return track


@pytest.fixture
def owner(artist: User) -> Client:
    client = Client()
    client.force_login(artist)
    return client


def test_the_page_of_a_track_offers_its_versions(track: Track) -> None:
    page = Client().get("/tracks/sea/").content.decode()
    assert 'href="?v=1"' in page
    assert 'href="?v=2"' in page
    assert "Louder" in page
    assert '"number":2' in page
    assert "/tracks/sea/versions/" not in page


def test_another_version_is_shown_by_its_number(track: Track) -> None:
    page = Client().get("/tracks/sea/?v=2").content.decode()
    assert f'<article class="track" data-version="{version(track, 2).pk}"' in page
    assert "−11.9" in page
    assert "<em>bass</em>" in page
    assert "<script>alert" not in page
    for wrong in ("3", "x", "0", "-1", "1" * 50, "²", "2%00"):
        assert Client().get(f"/tracks/sea/?v={wrong}").status_code == 404, wrong


def test_a_track_of_one_version_has_nothing_to_choose(artist: User, owner: Client) -> None:
    track = PublicTrackFactory(owner=artist)
    assert b"version-bar" not in Client().get(track.get_absolute_url()).content
    assert b"Add a version" in owner.get(track.get_absolute_url()).content


def test_listeners_are_not_offered_what_does_not_play(artist: User, owner: Client) -> None:
    track = PublicTrackFactory(owner=artist)
    another(track, ready=False)
    assert b"?v=2" not in Client().get(track.get_absolute_url()).content
    assert b"?v=2" in owner.get(track.get_absolute_url()).content


def test_many_versions_cost_no_more_queries_than_three(artist: User, owner: Client) -> None:
    track = PublicTrackFactory(owner=artist)
    another(track)
    another(track)
    pages = [
        (Client(), track.get_absolute_url()),
        (Client(), f"{track.get_absolute_url()}?v=2"),
        (owner, f"/tracks/{track.slug}/versions/"),
        (Client(), f"/tracks/{track.slug}/comparison/?a=1&b=2"),
    ]
    few = [queries(*page) for page in pages]
    for _ in range(10):
        another(track)
    assert [queries(*page) for page in pages] == few
    assert max(few[2:]) <= 8


def queries(client: Client, address: str) -> int:
    """Return how many queries a page takes, kept by nobody."""
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_owner_sees_the_whole_history(owner: Client, track: Track) -> None:
    another(track, ready=False, hidden_at=track.created_at)
    page = owner.get("/tracks/sea/versions/").content.decode()
    assert "Hidden" in page
    assert "Primary" in page
    assert "+2.3" in page
    assert "<em>bass</em>" in page
    order = [page.index(f'id="version-{number}"') for number in (3, 2, 1)]
    assert order == sorted(order)


def test_words_are_changed_in_a_form(owner: Client, track: Track) -> None:
    second = version(track, 2)
    address = f"/versions/{second.pk}/edit/"
    assert b"Louder" in owner.get(address).content
    answer = owner.post(address, {"label": "Final", "note_md": "Done."})
    assert answer.headers["Location"] == "/tracks/sea/versions/"
    second.refresh_from_db()
    assert (second.label, second.note_md) == ("Final", "Done.")
    refused = owner.post(address, {"label": "x" * 61, "note_md": "\0"})
    assert refused.status_code == 422
    assert b"at most 60" in refused.content


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def test_buttons_do_what_they_say_or_tell_why_not(owner: Client, track: Track) -> None:
    first, second = version(track, 1), version(track, 2)
    assert "is hidden" in said(owner.post(f"/versions/{second.pk}/hide/", follow=True))
    assert "shown to listeners" in said(owner.post(f"/versions/{second.pk}/show/", follow=True))
    assert "primary" in said(owner.post(f"/versions/{first.pk}/hide/", follow=True))
    assert "first now" in said(owner.post(f"/versions/{second.pk}/primary/", follow=True))
    assert b"Delete v1" in owner.get(f"/versions/{first.pk}/delete/").content
    assert "was deleted" in said(owner.post(f"/versions/{first.pk}/delete/", follow=True))
    assert "only version" in said(owner.post(f"/versions/{second.pk}/delete/", follow=True))
    assert track.versions.count() == 1


def test_the_microphone_is_opened_to_the_recording_pages_alone(owner: Client, track: Track) -> None:
    for path in ("/record/", "/tracks/sea/record/"):
        policy = owner.get(path).headers["Permissions-Policy"]
        assert "microphone=(self)" in policy
        assert "camera=()" in policy
    for path in ("/", "/tracks/sea/versions/", "/tracks/sea/", "/upload/"):
        assert "microphone=()" in owner.get(path).headers["Permissions-Policy"]


def test_two_versions_are_drawn_on_one_axis(track: Track) -> None:
    page = Client().get("/tracks/sea/comparison/").content.decode()
    assert "−14.2" in page
    assert "−11.9" in page
    assert "+2.3" in page
    assert "+4.0" in page  # the first second: −24 against −20
    assert page.count('<path class="comparison__line') == 2
    # v2 is half as long: it ends in the middle of the axis.
    assert "L500.0 100Z" in page
    turned = Client().get("/tracks/sea/comparison/?a=2&b=1").content.decode()
    assert "−2.3" in turned
    for query in ("a=7", "b=x", "a=1&b=99", "a=²"):
        assert Client().get(f"/tracks/sea/comparison/?{query}").status_code == 404, query


def test_a_comparison_needs_two_that_can_be_heard(artist: User) -> None:
    track = PublicTrackFactory(owner=artist)
    page = Client().get(f"/tracks/{track.slug}/comparison/")
    assert b"only one version" in page.content
    another(track, hidden_at=track.created_at)
    assert b"only one version" in Client().get(f"/tracks/{track.slug}/comparison/").content
    assert Client().get(f"/tracks/{track.slug}/comparison/?a=1&b=2").status_code == 200


def test_a_comparison_survives_missing_figures(artist: User, track: Track) -> None:
    asset = version(track, 2).media.asset
    AudioFacts.objects.filter(asset=asset).delete()
    Waveform.objects.filter(asset=asset).delete()
    assert Client().get("/tracks/sea/comparison/").status_code == 200
    AudioFacts.objects.all().delete()
    assert Client().get("/tracks/sea/comparison/").status_code == 200


def test_a_comparison_opens_to_the_key_of_its_track(artist: User) -> None:
    track = UnlistedTrackFactory(owner=artist)
    another(track)
    path = f"/tracks/{track.slug}/comparison/"
    assert Client().get(path).status_code == 404
    assert Client().get(f"{path}?token=wrong").status_code == 404
    page = Client().get(f"{path}?token={track.token}").content.decode()
    assert f'name="token" value="{track.token}"' in page


def test_a_failed_first_version_gives_way(artist: User, owner: Client) -> None:
    track = TrackFactory(owner=artist)
    track.versions.update(status="failed")
    assert owner.get(f"/tracks/{track.slug}/versions/").status_code == 200


def test_the_old_address_of_a_comparison_leads_to_the_new_one() -> None:
    answer = Client().get("/tracks/sea/difference/?a=2&b=1")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/tracks/sea/comparison/?a=2&b=1"

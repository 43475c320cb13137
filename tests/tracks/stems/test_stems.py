"""Stems: told to whoever may listen to their version, changed by the owner alone."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from media_pipeline.models import Asset, Media
from social.models import User
from tests.factories.media_pipeline import FailedJobFactory
from tests.factories.social import UserFactory, bearer
from tests.factories.stems import StemFactory, ready_stem
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory
from tracks.catalogue.services import deletion
from tracks.models import Stem, Track, TrackVersion

pytestmark = pytest.mark.django_db

MEMBERS = {
    "id", "role", "role_name", "title", "position", "status", "playable", "progress", "error",
    "duration_ms", "overview", "hls_url", "expires_at",
}  # fmt: skip


@pytest.fixture
def version() -> TrackVersion:
    """A version of a public piece."""
    found = PublicTrackFactory.create().primary_version
    assert isinstance(found, TrackVersion)
    return found


def ask(
    client: Client,
    version: TrackVersion,
    stem: Any = "",
    *,
    method: str = "GET",
    by: User | None = None,
    body: Any = None,
    token: str = "",
) -> Any:
    """Ask the API about the stems of a version, or about one of them."""
    below = f"{getattr(stem, 'pk', stem)}/" if stem else ""
    query = f"?token={token}" if token else ""
    return client.generic(
        method,
        f"/api/v1/versions/{version.pk}/stems/{below}{query}",
        json.dumps(body) if body is not None else "",
        "application/json",
        headers=bearer(by) if by else {},
    )


def test_whoever_may_listen_is_told_all_there_is_in_its_order(
    client: Client, version: TrackVersion
) -> None:
    bass = ready_stem(version, position=2, role="bass", title="")
    drums = ready_stem(version, position=1)
    answer = ask(client, version)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    told = answer.json()["results"]
    assert [row["id"] for row in told] == [str(drums.pk), str(bass.pk)]
    assert told[0].keys() == MEMBERS
    assert (told[1]["title"], told[1]["role_name"]) == ("Bass", "Bass")
    assert (told[0]["status"], told[0]["playable"], len(told[0]["overview"])) == (
        "ready",
        True,
        2000,
    )
    assert told[0]["hls_url"].endswith("/a1/master.m3u8")
    assert str(drums.media_id) in told[0]["hls_url"]


def test_what_is_still_prepared_has_no_address(client: Client, version: TrackVersion) -> None:
    stem = StemFactory.create(version=version)
    told = ask(client, version, stem).json()
    assert (told["status"], told["playable"], told["hls_url"]) == ("pending", False, None)
    assert (told["overview"], told["duration_ms"]) == ([], None)


def test_why_it_failed_is_told_to_whoever_added_it(client: Client, version: TrackVersion) -> None:
    stem = StemFactory.create(version=version)
    job = FailedJobFactory.create(asset=stem.media.asset)
    assert ask(client, version, stem, by=version.track.owner).json()["error"] == job.error
    told = ask(client, version, stem).json()
    assert (told["status"], told["error"]) == ("failed", "")


def test_private_and_hidden_versions_keep_their_stems(client: Client) -> None:
    track = ReadyTrackFactory.create()
    stem = ready_stem(track.primary_version)
    fan = UserFactory.create()
    for by in (None, fan):
        assert ask(client, track.primary_version, by=by).status_code == 404
        assert ask(client, track.primary_version, stem, by=by).status_code == 404
    assert ask(client, track.primary_version, by=track.owner).status_code == 200
    Track.objects.update(visibility="public")
    assert ask(client, track.primary_version).status_code == 200
    TrackVersion.objects.update(hidden_at="2026-01-01T00:00Z")
    assert ask(client, track.primary_version).status_code == 404
    assert ask(client, track.primary_version, by=track.owner).status_code == 200


def test_an_unlisted_one_opens_to_its_key(client: Client) -> None:
    track = UnlistedTrackFactory.create()
    stem = ready_stem(track.primary_version)
    assert ask(client, track.primary_version).status_code == 404
    assert ask(client, track.primary_version, token="wrong").status_code == 404
    assert ask(client, track.primary_version, token=track.token).status_code == 200
    assert ask(client, track.primary_version, stem, token=track.token).status_code == 200


def test_a_stem_is_found_below_its_own_version_only(client: Client, version: TrackVersion) -> None:
    foreign = ready_stem(PublicTrackFactory.create().primary_version)
    assert ask(client, version, foreign).status_code == 404
    assert ask(client, version, uuid4()).status_code == 404
    owner = version.track.owner
    for method in ("PATCH", "DELETE"):
        assert ask(client, version, foreign, method=method, by=owner, body={}).status_code == 404
    assert Stem.objects.filter(pk=foreign.pk).exists()


def test_the_owner_says_what_it_is_and_where(client: Client, version: TrackVersion) -> None:
    first, second, third = (ready_stem(version, title=name) for name in "abc")
    owner = version.track.owner
    body = {"role": "vocal", "title": "  Lead   voice ", "position": 1}
    told = ask(client, version, third, method="PATCH", by=owner, body=body).json()
    assert (told["role"], told["title"], told["position"]) == ("vocal", "Lead voice", 1)
    order = list(version.stems.values_list("pk", flat=True))
    assert order == [third.pk, first.pk, second.pk]
    ask(client, version, third, method="PATCH", by=owner, body={"position": 99})
    assert list(version.stems.values_list("pk", flat=True))[-1] == third.pk
    third.refresh_from_db()
    assert third.title == "Lead voice", "what is not said stays"


@pytest.mark.parametrize(
    "body",
    [{"role": "kazoo"}, {"title": "t" * 81}, {"title": "a\0b"}, {"position": 0}, {"position": "x"}],
)
def test_nonsense_is_refused(client: Client, version: TrackVersion, body: Any) -> None:
    stem = ready_stem(version)
    owner = version.track.owner
    answer = ask(client, version, stem, method="PATCH", by=owner, body=body)
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/invalid-input"


def test_a_stem_goes_with_its_music(client: Client, version: TrackVersion) -> None:
    stem = ready_stem(version)
    media, asset = stem.media_id, stem.media.asset_id
    owner = version.track.owner
    assert ask(client, version, stem, method="DELETE", by=UserFactory.create()).status_code == 404
    assert ask(client, version, stem, method="DELETE").status_code == 401
    assert ask(client, version, stem, method="DELETE", by=owner).status_code == 204
    assert not Media.objects.filter(pk=media).exists()
    assert not Asset.objects.filter(pk=asset).exists()


def test_a_removed_piece_leaves_no_stem(version: TrackVersion) -> None:
    stem = ready_stem(version)
    deletion.remove(track=version.track, by=version.track.owner)
    assert not Media.objects.filter(pk=stem.media_id).exists()


def test_the_list_costs_the_same_however_long(
    client: Client, version: TrackVersion, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        ready_stem(version)
    with django_assert_max_num_queries(4):
        assert len(ask(client, version).json()["results"]) == 8


def test_the_page_of_the_piece_names_them(client: Client, version: TrackVersion) -> None:
    ready_stem(version, title="<b>Kick</b>")
    html = client.get(f"/tracks/{version.track.slug}/").content.decode()
    assert "&lt;b&gt;Kick&lt;/b&gt;" in html
    assert "Change stems" not in html


def test_the_owner_changes_them_by_plain_forms(client: Client, version: TrackVersion) -> None:
    first, second = ready_stem(version, title="One"), ready_stem(version, title="Two")
    client.force_login(version.track.owner)
    page = client.get(f"/versions/{version.pk}/stems/")
    assert page.status_code == 200
    name = f"stem-{first.pk}"
    change = {f"{name}-title": "Kick", f"{name}-role": "bass"}
    assert client.post(f"/stems/{first.pk}/edit/", change).status_code == 302
    first.refresh_from_db()
    assert (first.title, first.role) == ("Kick", "bass")
    client.post(f"/stems/{second.pk}/move/", {"to": "earlier"})
    assert list(version.stems.values_list("pk", flat=True)) == [second.pk, first.pk]
    client.post(f"/stems/{second.pk}/move/", {"to": "nowhere"})
    assert list(version.stems.values_list("pk", flat=True)) == [second.pk, first.pk]
    client.post(f"/stems/{second.pk}/delete/")
    assert list(version.stems.values_list("pk", flat=True)) == [first.pk]


def test_a_wrong_form_says_so_beside_the_field(client: Client, version: TrackVersion) -> None:
    stem = ready_stem(version)
    client.force_login(version.track.owner)
    wrong = {f"stem-{stem.pk}-title": "t" * 81, f"stem-{stem.pk}-role": "kazoo"}
    page = client.post(f"/stems/{stem.pk}/edit/", wrong)
    assert page.status_code == 422
    assert page.content.decode().count("field__error") == 2


def test_others_have_no_forms(client: Client, version: TrackVersion) -> None:
    stem = ready_stem(version)
    client.force_login(UserFactory.create())
    assert client.get(f"/versions/{version.pk}/stems/").status_code == 404
    for action in ("edit", "move", "delete"):
        assert client.post(f"/stems/{stem.pk}/{action}/").status_code == 404

"""Naming, choosing, hiding and removing versions, through the API; what is refused, and why."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from media_pipeline.models import Asset, AudioFacts, Media
from social.models import User
from tests.factories.media_pipeline import AssetFactory, MediaFactory, finish
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import PublicTrackFactory, TrackFactory, UnlistedTrackFactory
from tracks.models import Stem, Track, TrackVersion
from tracks.processing.services import settle_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def artist() -> User:
    return UserFactory(handle="artist")


@pytest.fixture
def fan() -> User:
    return UserFactory(handle="fan")


def another(track: Track, *, ready: bool = True, **fields: Any) -> TrackVersion:
    """Add a version that is not the primary one."""
    asset = AssetFactory(owner=track.owner)
    if ready:
        finish(asset)
    number = track.versions.count() + 1
    return TrackVersion.objects.create(
        track=track,
        media=MediaFactory(asset=asset),
        number=number,
        created_by=track.owner,
        status="ready" if ready else "pending",
        **fields,
    )


@pytest.fixture
def track(artist: User) -> Track:
    """A public piece in two versions, of which the first is primary."""
    track = PublicTrackFactory(owner=artist, title="Sea")
    another(track, label="Louder", note_md="More *bass*")
    return track


def version(track: Track, number: int) -> TrackVersion:
    return track.versions.get(number=number)


def ask(method: str, target: TrackVersion, path: str = "", by: User | None = None, body: Any = None) -> Any:  # fmt: skip # noqa: E501
    return Client().generic(
        method,
        f"/api/v1/versions/{target.pk}/{path}",
        body or "",
        content_type="application/json",
        headers=bearer(by) if by else {},
    )


def kind(answer: Any) -> str:
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    return str(answer.json()["type"]).removeprefix("/problems/")


def test_the_history_tells_who_when_what_and_how_loud(artist: User, track: Track) -> None:
    second = version(track, 2)
    AudioFacts.objects.filter(asset=second.media.asset).update(loudness_lufs=-11.9)
    told = Client().get(f"/api/v1/tracks/{track.pk}/versions/").json()
    assert told["next"] is None
    newest, oldest = told["results"]
    assert (newest["number"], newest["label"], newest["note"]) == (2, "Louder", "More *bass*")
    assert (newest["created_by"], newest["primary"], newest["hidden"]) == ("artist", False, False)
    assert (newest["loudness_lufs"], newest["loudness_change"]) == (-11.9, 2.3)
    assert (newest["true_peak_dbtp"], newest["lra"], newest["playable"]) == (-1.0, 6.0, True)
    assert (oldest["primary"], oldest["loudness_change"]) == (True, None)
    assert Client().get(newest["url"]).json()["note"] == "More *bass*"


def test_a_long_history_comes_in_pages(artist: User, django_assert_max_num_queries: Any) -> None:
    track = PublicTrackFactory(owner=artist)
    for _ in range(30):
        another(track)
    address: str | None = f"/api/v1/tracks/{track.pk}/versions/"
    numbers = []
    while address:
        with django_assert_max_num_queries(4):
            told = Client().get(address).json()
        numbers += [row["number"] for row in told["results"]]
        assert told["results"][0]["loudness_change"] == (None if numbers == [1] else 0.0)
        address = told["next"]
    assert numbers == list(range(31, 0, -1))
    for wrong in ("x", "-1", "1" * 40, "²"):
        assert (
            Client().get(f"/api/v1/tracks/{track.pk}/versions/?before={wrong}").status_code == 404
        )


def test_the_history_is_for_whoever_may_open_the_track(artist: User, fan: User) -> None:
    track = UnlistedTrackFactory(owner=artist)
    another(track, hidden_at=track.created_at)
    path = f"/api/v1/tracks/{track.pk}/versions/"
    assert Client().get(path).status_code == 404
    assert Client().get(path, headers=bearer(fan)).status_code == 404
    assert len(Client().get(f"{path}?token={track.token}").json()["results"]) == 1
    assert len(Client().get(path, headers=bearer(artist)).json()["results"]) == 2


def test_a_version_is_named_and_its_note_written(artist: User, track: Track) -> None:
    second = version(track, 2)
    answer = ask("PATCH", second, by=artist, body='{"label": " Final  mix "}')
    assert answer.status_code == 200
    assert (answer.json()["label"], answer.json()["note"]) == ("Final mix", "More *bass*")
    answer = ask("PATCH", second, by=artist, body='{"note": "Less bass"}')
    assert (answer.json()["label"], answer.json()["note"]) == ("Final mix", "Less bass")
    for body in ('{"label": "%s"}' % ("x" * 61), '{"note": 3.5, "label": []}', "[]", "{", '{"label": "a\\u0000"}'):  # fmt: skip # noqa: E501
        assert ask("PATCH", second, by=artist, body=body).status_code == 400, body
    second.refresh_from_db()
    assert (second.label, second.note_md) == ("Final mix", "Less bass")


def test_another_version_becomes_primary_and_lists_follow(artist: User, track: Track) -> None:
    second = version(track, 2)
    AudioFacts.objects.filter(asset=second.media.asset).update(duration_ms=61_000)
    answer = ask("POST", second, "primary/", by=artist)
    assert (answer.status_code, answer.json()["primary"]) == (200, True)
    assert b"1:01" in Client().get("/").content
    assert str(second.pk).encode() in Client().get("/").content


def test_what_is_hidden_or_cannot_be_played_does_not_become_primary(
    artist: User, track: Track
) -> None:
    hidden = another(track, hidden_at=track.created_at)
    pending = another(track, ready=False)
    assert kind(ask("POST", hidden, "primary/", by=artist)) == "version-hidden"
    answer = ask("POST", pending, "primary/", by=artist)
    assert (answer.status_code, kind(answer)) == (409, "not-playable")
    track.refresh_from_db()
    assert track.primary_version == version(track, 1)


def test_a_hidden_version_is_gone_for_everybody_else(
    artist: User, fan: User, track: Track, django_capture_on_commit_callbacks: Any
) -> None:
    second = version(track, 2)
    stem = Stem.objects.create(version=second, media=MediaFactory(), created_by=artist)
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask("POST", second, "hiding/", by=artist)
    assert (answer.status_code, answer.json()["hidden"]) == (200, True)
    assert set(Media.objects.filter(pk__in=[second.media_id, stem.media_id]).values_list("epoch", flat=True)) == {1}  # fmt: skip # noqa: E501
    visitor, owner = Client(), Client()
    owner.force_login(artist)
    pages = [
        f"/api/v1/versions/{second.pk}/",
        f"/versions/{second.pk}/job/",
        f"/tracks/{track.slug}/?v=2",
    ]
    for path in pages:
        assert visitor.get(path).status_code == 404, path
        assert owner.get(path).status_code == 200, path
    assert ask("GET", second, by=fan).status_code == 404
    assert second.pk.hex not in visitor.get(f"/tracks/{track.slug}/").content.decode()
    assert ask("DELETE", second, "hiding/", by=artist).json()["hidden"] is False
    assert visitor.get(pages[2]).status_code == 200


def test_hiding_twice_is_hiding_once(artist: User, track: Track) -> None:
    second = version(track, 2)
    for _ in range(2):
        assert ask("POST", second, "hiding/", by=artist).status_code == 200
    second.media.refresh_from_db()
    assert second.media.epoch == 1
    second.refresh_from_db()
    assert second.hidden_by == artist


def test_the_primary_and_the_only_shown_version_stay(artist: User, track: Track) -> None:
    first, second = version(track, 1), version(track, 2)
    for method, path in (("POST", "hiding/"), ("DELETE", "")):
        answer = ask(method, first, path, by=artist)
        assert (answer.status_code, kind(answer)) == (409, "primary-version")
        assert "Make another version primary" in answer.json()["detail"]
    ask("POST", second, "hiding/", by=artist)
    for method, path in (("POST", "hiding/"), ("DELETE", "")):
        assert kind(ask(method, first, path, by=artist)) == "only-shown-version"
    ask("DELETE", second, by=artist)
    assert kind(ask("DELETE", first, by=artist)) == "only-version"
    assert track.versions.count() == 1


def test_a_deleted_version_takes_its_stems_and_its_files_along(
    artist: User, track: Track, django_capture_on_commit_callbacks: Any
) -> None:
    second = version(track, 2)
    stem = Stem.objects.create(version=second, media=MediaFactory(), created_by=artist)
    gone = [second.media.asset_id, stem.media.asset_id]
    with django_capture_on_commit_callbacks(execute=True):
        assert ask("DELETE", second, by=artist).status_code == 204
    assert not Asset.objects.filter(pk__in=gone).exists()
    assert not Stem.objects.exists()
    assert ask("GET", second, by=artist).status_code == 404


DEEDS = [("PATCH", ""), ("DELETE", ""), *((m, "hiding/") for m in ("POST", "DELETE"))]


@pytest.mark.parametrize(("method", "path"), [*DEEDS, ("POST", "primary/")])
def test_only_the_owner_changes_anything(
    method: str, path: str, fan: User, artist: User, track: Track
) -> None:
    second = version(track, 2)
    assert ask(method, second, path).status_code == 401
    assert ask(method, second, path, by=fan).status_code == 404
    second.pk = uuid4()
    assert ask(method, second, path, by=artist).status_code == 404
    assert track.versions.filter(label="Louder", hidden_at=None).exists()


def test_the_primary_version_decides_whether_a_track_is_listed(artist: User) -> None:
    """A draft that plays beside a primary one that does not makes nothing public."""
    track = TrackFactory(owner=artist, visibility="public")
    another(track)
    settle_all()
    track.refresh_from_db()
    assert track.published_at is None
    assert ask("POST", version(track, 2), "primary/", by=artist).status_code == 200
    track.refresh_from_db()
    assert track.published_at is not None

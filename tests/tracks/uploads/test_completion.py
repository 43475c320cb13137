"""The end of an upload: parts become a track or a version of one, once, or a refusal says why."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from media_pipeline.jobs.services import jobs
from media_pipeline.models import Asset, Job, Media, Upload
from media_pipeline.storage import get_storage
from social.models import User
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import TrackFactory
from tests.tracks.uploads.conftest import SONG, Post
from tracks.catalogue.services import deletion
from tracks.models import Track, TrackVersion
from tracks.uploads.services import TITLE_MAX

pytestmark = pytest.mark.django_db


def kind(answer: Any) -> str:
    """Return the stable type of a refusal."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    return str(answer.json()["type"]).removeprefix("/problems/")


def test_an_upload_becomes_a_private_track_with_a_job(
    sent: Any, post: Post, artist: User, client: Client
) -> None:
    path, part = sent()
    answer = post(path, {"parts": [part]})
    assert answer.status_code == 201
    track, version, asset = Track.objects.get(), TrackVersion.objects.get(), Asset.objects.get()
    assert answer.json() == {
        "track": {"id": str(track.pk), "slug": track.slug, "url": f"/tracks/{track.slug}/"},
        "version": {"id": str(version.pk), "url": f"/api/v1/versions/{version.pk}/"},
        "stem": None,
        "visual": None,
        "job": {"id": str(Job.objects.get().pk)},
    }
    assert (track.title, track.visibility, track.owner) == ("First light", "private", artist)
    assert track.primary_version == version
    assert (version.media.asset, version.created_by) == (asset, artist)
    assert get_storage().read(asset.key) == SONG
    assert (asset.size_bytes, asset.filename) == (len(SONG), "02 first_light.wav")
    state = client.get(answer.json()["version"]["url"], headers=bearer(artist)).json()
    assert (state["playable"], state["job"]["state"]) == (False, "pending")


def test_what_is_wished_is_done(sent: Any, post: Post) -> None:
    path, part = sent()
    target = {"title": "  Zwölf Töne ♪ ", "visibility": "unlisted", "description": "*slow*"}
    answer = post(path, {"parts": [part], "track": target}).json()
    track = Track.objects.get()
    assert (track.title, track.description_md) == ("Zwölf Töne ♪", "*slow*")
    assert answer["track"]["url"] == f"/t/{track.token}/"


@pytest.mark.parametrize(("said", "status"), [({}, 201), ({"attested": True}, 201)])
def test_what_is_opened_at_once_is_attested(
    sent: Any, post: Post, said: dict[str, bool], status: int
) -> None:
    path, part = sent()
    refused = {"visibility": "public", "attested": False}
    answer = post(path, {"parts": [part], "track": refused})
    assert (answer.status_code, kind(answer)) == (422, "attestation-missing")
    assert not Track.objects.exists()
    opened = post(path, {"parts": [part], "track": {"visibility": "public"} | said})
    assert opened.status_code == status
    (one,) = Track.objects.get().attestations.all()
    assert (one.way, one.expressly) == ("api", bool(said))


def test_asked_again_it_says_the_same_and_does_nothing(sent: Any, post: Post) -> None:
    path, part = sent()
    first = post(path, {"parts": [part], "track": {"title": "One"}})
    again = post(path, {"parts": [part], "track": {"title": "Two"}})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    for model in (Track, TrackVersion, Asset, Media, Job):
        assert model._default_manager.count() == 1
    assert Track.objects.get().title == "One"


def test_an_etag_may_come_without_its_quotes(sent: Any, post: Post) -> None:
    path, part = sent()
    part["etag"] = part["etag"].strip('"')
    assert post(path, {"parts": [part]}).status_code == 201


def test_a_track_gets_another_version(sent: Any, post: Post, artist: User) -> None:
    track = TrackFactory.create(owner=artist)
    first = track.versions.get()
    path, part = sent()
    body = {"parts": [part], "version_of": str(track.pk), "label": "second mix"}
    answer = post(path, body)
    assert answer.json()["track"]["id"] == str(track.pk)
    newest = track.versions.first()
    assert newest is not None
    assert (newest.number, newest.label) == (first.number + 1, "second mix")
    assert Track.objects.count() == 1


def test_nobody_adds_to_the_tracks_of_others(sent: Any, post: Post) -> None:
    for foreign in (TrackFactory.create(), TrackFactory.create(visibility="public")):
        path, part = sent()
        answer = post(path, {"parts": [part], "version_of": str(foreign.pk)})
        assert (answer.status_code, kind(answer)) == (404, "not-found")
        assert foreign.versions.count() == 1
        # Nothing is lost: it can still become a track of one's own.
        assert post(path, {"parts": [part]}).status_code == 201


def test_other_peoples_uploads_are_not_there(sent: Any, post: Post) -> None:
    path, part = sent(by=UserFactory.create())
    for target in (path, f"uploads/{uuid4()}/complete/"):
        answer = post(target, {"parts": [part]})
        assert (answer.status_code, kind(answer)) == (404, "not-found")
    assert not Track.objects.exists()


def test_strangers_must_say_who_they_are(sent: Any, client: Client) -> None:
    path, part = sent()
    answer = client.post(f"/api/v1/{path}", {"parts": [part]}, "application/json")
    assert (answer.status_code, kind(answer)) == (401, "not-authenticated")


def test_a_part_that_is_missing_may_follow(client: Client, post: Post) -> None:
    plan = post("uploads/", {"filename": "a.wav", "size": len(SONG)}).json()
    place = f"uploads/{plan['id']}/"
    for parts in ([], [{"number": 1, "etag": "0" * 32}]):
        answer = post(f"{place}complete/", {"parts": parts})
        assert (answer.status_code, kind(answer)) == (409, "parts-missing")
        assert answer.json()["numbers"] == [1]
    signed = post(f"{place}parts/sign/", {"parts": [1]}).json()[0]
    etag = client.put(signed["url"], SONG, "application/octet-stream").headers["ETag"]
    answer = post(f"{place}complete/", {"parts": [{"number": 1, "etag": etag}]})
    assert answer.status_code == 201


def test_the_wrong_parts_are_named(sent: Any, post: Post) -> None:
    path, part = sent()
    answer = post(path, {"parts": [part | {"etag": "0" * 32}]})
    assert (answer.status_code, kind(answer)) == (409, "etag-mismatch")
    assert answer.json()["numbers"] == [1]
    answer = post(path, {"parts": [part, {"number": 2, "etag": "0" * 32}]})
    assert (kind(answer), answer.json()["numbers"]) == ("part-number-wrong", [2])
    assert post(path, {"parts": []}).json()["numbers"] == [1]
    assert not Asset.objects.exists()


def test_a_cancelled_upload_stays_so(sent: Any, post: Post, client: Client, artist: User) -> None:
    path, part = sent()
    client.delete(f"/api/v1/{path.removesuffix('complete/')}", headers=bearer(artist))
    answer = post(path, {"parts": [part]})
    assert (answer.status_code, kind(answer)) == (409, "upload-closed")


def test_an_upload_whose_track_is_deleted_makes_no_second_one(
    sent: Any, post: Post, artist: User
) -> None:
    path, part = sent()
    post(path, {"parts": [part]})
    deletion.delete(track=Track.objects.get(), by=artist)
    answer = post(path, {"parts": [part]})
    assert (answer.status_code, kind(answer)) == (409, "upload-closed")
    assert not Track.objects.exists()


PART = {"number": 1, "etag": "0" * 32}


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "null",
        {},
        {"parts": None},
        {"parts": {}},
        {"parts": [1]},
        {"parts": [{"number": 1}]},
        {"parts": [{"number": 0, "etag": ""}]},
        {"parts": [{"number": "one", "etag": ""}]},
        {"parts": [PART, PART]},
        {"parts": [PART | {"number": 10**40}]},
        {"parts": [PART | {"etag": "e" * 101}]},
        {"parts": [PART], "track": "Song"},
        {"parts": [PART], "track": {"title": "t" * (TITLE_MAX + 1)}},
        {"parts": [PART], "track": {"title": "a\0b"}},
        {"parts": [PART], "track": {"visibility": "secret"}},
        {"parts": [PART], "track": {"description": "d" * 20_001}},
        {"parts": [PART], "version_of": "mine"},
        {"parts": [PART], "version_of": str(uuid4()), "track": {}},
        {"parts": [PART], "label": "l" * 61},
    ],
)
def test_nonsense_is_refused_with_a_sentence(sent: Any, post: Post, body: Any) -> None:
    path, part = sent()
    answer = post(path, body)
    assert answer.status_code == 400, answer.content
    assert answer.json()["detail"].endswith(".")
    kind(answer)
    assert post(path, {"parts": [part]}).status_code == 201, "nothing is lost by it"


def test_when_something_breaks_nothing_is_half_done(
    sent: Any, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Job:
        raise RuntimeError("the power went")

    path, part = sent()
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "enqueue", broken)
        with pytest.raises(RuntimeError, match="the power went"):
            post(path, {"parts": [part]})
    assert [model._default_manager.count() for model in (Track, Asset, Media)] == [0, 0, 0]
    assert post(path, {"parts": [part]}).status_code == 201
    assert get_storage().read(Asset.objects.get().key) == SONG


def test_an_upload_points_to_its_asset(sent: Any, post: Post) -> None:
    path, part = sent()
    post(path, {"parts": [part]})
    upload = Upload.objects.get()
    assert (upload.state, upload.asset) == (Upload.State.COMPLETED, Asset.objects.get())


@pytest.mark.parametrize(
    "change", [lambda etag: f"W/{etag}", lambda _: "", lambda etag: etag[1:-1]]
)
def test_an_etag_that_something_between_has_changed(sent: Any, post: Post, change: Any) -> None:
    path, part = sent()
    part["etag"] = change(part["etag"])
    assert post(path, {"parts": [part]}).status_code == 201


def test_an_address_without_its_last_slash_is_said_to_be_none(client: Client) -> None:
    for method in ("get", "post", "put", "delete"):
        answer = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/uploads")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"

"""The table of permissions holds, and no route is missing from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from social.models import Approver, Comment, Notification, Reviewer, User
from tests.contracts import lists
from tests.contracts.permissions import ELSEWHERE, UNNAMED, Row
from tests.contracts.permissions import ROWS as PERMISSIONS
from tests.factories.media_pipeline import FailedJobFactory, MediaFactory, UploadFactory
from tests.factories.notes import NoteFactory
from tests.factories.review import ReviewGuestFactory, ReviewLinkFactory
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import (
    PublicTrackFactory,
    ReadyTrackFactory,
    TrackFactory,
    UnlistedTrackFactory,
)
from tests.media_pipeline.pieces import stored_piece, url
from tracks.models import BlindTest, Stem, Track, TrackVersion

pytestmark = pytest.mark.django_db
ROWS = [*PERMISSIONS, *lists.ROWS]
PEOPLE = ("visitor", "stranger", "owner", "staff")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass
class Cast:
    """Four people and the things of one of them."""

    people: dict[str, User | None]
    tracks: dict[str, Track]
    job: Any
    upload: Any
    links: dict[str, Any]
    music: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def cast() -> Cast:
    owner = UserFactory(handle="owner")
    failed = TrackFactory(owner=owner)
    asked = ReadyTrackFactory(owner=owner)
    friend = UserFactory(handle="asked")
    Reviewer.objects.create(track=asked, user=friend, invited_by=owner)
    Approver.objects.create(track=asked, user=friend, named_by=owner)
    assert failed.primary_version
    return Cast(
        people={
            "visitor": None,
            "stranger": UserFactory(handle="stranger"),
            "owner": owner,
            "staff": StaffFactory(handle="staff"),
        },
        tracks={
            "public": PublicTrackFactory(owner=owner),
            "unlisted": UnlistedTrackFactory(owner=owner),
            "private": ReadyTrackFactory(owner=owner),
            "failed": failed,
            "asked": asked,
        },
        job=FailedJobFactory(asset=failed.primary_version.media.asset),
        upload=UploadFactory(owner=owner),
        links={
            "link": ReviewGuestFactory(link__track__owner=owner).link,
            "ended": ReviewLinkFactory(track__owner=owner, revoked_at=timezone.now()),
        },
    )


def address(row: Row, cast: Cast) -> str:
    """Return where the row's route leads for the thing it is on."""
    track = cast.tracks.get(row.on)
    if found := lists.address(row.route, row.on, track):
        return found
    match row.route:
        case "track-unlisted":
            return reverse(row.route, args=[track.token])  # type: ignore[union-attr]
        case "job-retry" | "api-job-retry":
            return reverse(row.route, args=[cast.job.pk])
        case (
            "version-job"
            | "version-edit"
            | "version-primary"
            | "version-hide"
            | "version-restore"
            | "version-delete"
            | "api-version"
            | "api-version-primary"
            | "api-version-hiding"
            | "api-version-visual"
        ):
            return reverse(row.route, args=[track.primary_version_id])  # type: ignore[union-attr]
        case "api-upload" | "upload-abort" | "api-upload-sign" | "api-upload-complete":
            return reverse(row.route, args=[cast.upload.pk])
        case "upload-part":
            return reverse(row.route, args=[cast.upload.pk, 1])
        case "review-link-revoke":
            link = cast.links[row.on]
            return reverse(row.route, args=[link.track.slug, link.pk])
        case "review-guest-remove":
            guest = cast.links[row.on].guests.get()
            return reverse(row.route, args=[guest.link.track.slug, guest.pk])
        case "reviewer-remove" | "approver-remove":
            return reverse(row.route, args=[cast.tracks[row.on].slug, "asked"])
        case "review-page" | "review-password" | "review-name" | "review-play":
            return reverse(row.route, args=[cast.links[row.on].token])
        case "stems" | "api-stems":
            return reverse(row.route, args=[track.primary_version_id])  # type: ignore[union-attr]
        case "stem-edit" | "stem-move" | "stem-delete":
            return reverse(row.route, args=[_stem(cast).pk])
        case "api-stem":
            return reverse(row.route, args=[_stem(cast).version_id, _stem(cast).pk])
        case "api-blind-test" | "api-blind-test-answers":
            return reverse(row.route, args=[_blind_test(cast).pk])
        case "blind-media":
            return reverse(row.route, args=[_blind_test(cast).pk, 0, 9_999_999_999, "0", "opus/x"])
        case "note" | "api-note" | "api-note-resolution" | "api-note-assignee":
            return reverse(row.route, args=[_note(cast, row.on).pk])
        case "note-reply" | "note-edit" | "note-remove" | "note-resolve":
            return reverse(row.route, args=[_note(cast, row.on).pk])
        case "note-reopen" | "note-assign":
            return reverse(row.route, args=[_note(cast, row.on).pk])
        case "notification":
            return reverse(row.route, args=[_news(cast, row.on).pk])
        case "track-notes" | "api-notes":
            return reverse(row.route, args=[track.pk])  # type: ignore[union-attr]
        case "api-track-versions" | "api-blind-tests":
            return reverse(row.route, args=[track.pk])  # type: ignore[union-attr]
        case "profile":
            return reverse(row.route, args=["owner"])
        case "api-list":
            return reverse(row.route, args=["track", track.slug])  # type: ignore[union-attr]
        case "accent-css":
            return reverse(row.route, args=["b4552d"])
        case "media-file":
            return cast.music[row.on]
    return reverse(row.route, args=[track.slug] if track else [])


def _stem(cast: Cast) -> Stem:
    """Return the one stem of the public track."""
    track = cast.tracks["public"]
    stem = Stem.objects.filter(version__track=track).first()
    return stem or Stem.objects.create(
        version=track.primary_version, media=MediaFactory(), created_by=track.owner
    )


def _blind_test(cast: Cast) -> BlindTest:
    """Return a begun test of the public track; its key is nobody's here."""
    track = cast.tracks["public"]
    first = track.primary_version
    second = track.versions.exclude(pk=track.primary_version_id).first()
    second = second or TrackVersion.objects.create(
        track=track, media=MediaFactory(), number=9, created_by=track.owner
    )
    test, _ = BlindTest.objects.get_or_create(track=track, version_a=first, version_b=second)
    return test


def _note(cast: Cast, on: str) -> Comment:
    """Return the owner's note on one of the tracks."""
    track = cast.tracks[on]
    return Comment.objects.filter(track=track).first() or NoteFactory(
        version=track.primary_version, user=track.owner
    )


def _news(cast: Cast, on: str) -> Notification:
    """Return what the owner should hear of one of the tracks."""
    note, person = _note(cast, on), cast.people["stranger"]
    row, _ = Notification.objects.get_or_create(
        user=note.track.owner,
        kind="noted",
        defaults={"actor": person, "actor_name": "Stranger", "track": note.track, "comment": note},
    )
    return row


def signed_in(cast: Cast, person: str) -> Client:
    """Return a browser of this person."""
    client = Client(raise_request_exception=False)
    if user := cast.people[person]:
        client.force_login(user)
    return client


@pytest.fixture
def music(cast: Cast) -> Iterator[None]:
    """Give the cast a signed address and a forged one."""
    with stored_piece() as piece:
        good = url(piece, "master.m3u8")
        parts = good.split("/")
        parts[4] = "A" * len(parts[4])
        cast.music = {"signed": good, "unsigned": "/".join(parts)}
        yield


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.route} {row.on}")
def test_everybody_gets_what_the_table_says(
    row: Row, cast: Cast, request: pytest.FixtureRequest
) -> None:
    if row.route == "media-file":
        request.getfixturevalue("music")
    got = {}
    for person in PEOPLE:
        before = transaction.savepoint()
        client = signed_in(cast, person)
        got[person] = client.generic(row.method, address(row, cast), **_body(row)).status_code
        transaction.savepoint_rollback(before)
    assert got == {person: getattr(row, person) for person in PEOPLE}


def _body(row: Row) -> dict[str, Any]:
    form = "application/x-www-form-urlencoded"
    return {"data": urlencode(row.data), "content_type": form} if row.data else {}


@pytest.mark.parametrize("person", PEOPLE)
def test_what_is_not_in_the_table_is_refused(person: str, cast: Cast, music: None) -> None:
    client = signed_in(cast, person)
    listed = {(row.route, row.method) for row in ROWS}
    for row in {row.route: row for row in ROWS}.values():
        for method in METHODS:
            if (row.route, method) in listed or row.route.startswith(("account_", "mfa_")):
                continue
            answer = client.generic(method, address(row, cast))
            to_sign_in = answer.status_code == 302 and "/login/" in answer.headers["Location"]
            assert answer.status_code in {401, 403, 404, 405} or to_sign_in, (row.route, method)


def test_no_route_is_missing_from_the_table() -> None:
    known = {row.route for row in ROWS}
    for name, pattern in routes():
        if name is None or name.endswith(":None"):
            assert pattern in UNNAMED or pattern.startswith("admin/"), pattern
        elif name not in known:
            assert name.startswith(tuple(ELSEWHERE)), f"{name} ({pattern}) is in no row"


@pytest.mark.parametrize("person", ["visitor", "stranger"])
def test_the_admin_is_staffs(person: str, cast: Cast) -> None:
    client = signed_in(cast, person)
    asked = 0
    for name, pattern in routes():
        if not (name or "").startswith("admin:") or name in {"admin:login", "admin:logout"}:
            continue
        path = "/" + pattern.replace("<path:object_id>", str(uuid4())).replace("^", "")
        if any(sign in path for sign in "<(?$"):
            continue
        for method in ("GET", "POST"):
            answer = client.generic(method, path)
            refused = answer.status_code in {302, 403}
            assert refused, (path, method, answer.status_code)
            assert "/admin/" not in answer.headers.get("Location", "").split("?")[0].replace(
                "/admin/login/", ""
            )
            asked += 1
    assert asked > 50


def test_the_admin_opens_to_staff(cast: Cast) -> None:
    client = signed_in(cast, "staff")
    for name, pattern in routes():
        if (name or "").startswith("admin:") and (name or "").endswith(("index", "changelist")):
            assert client.get(f"/{pattern}").status_code == 200, pattern


def routes() -> Iterator[tuple[str | None, str]]:
    """Yield the full name and pattern of every route of the site."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: Any, space: str, before: str) -> Iterator[tuple[str | None, str]]:
    for entry in patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, inner, pattern)
        elif isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else None), pattern

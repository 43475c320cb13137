"""Who asks, and for what: the people and things the table of permissions is tried with."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from social.models import (
    Approver,
    Note,
    Notification,
    Reviewer,
    User,
)
from tests.contracts import (
    books,
    described,
    feeds,
    given,
    giving,
    heard,
    judged,
    lists,
    named,
    releases,
    selling,
    sent_on,
    suggested,
)
from tests.contracts.belongings import a_picture, an_export
from tests.contracts.permissions import Row
from tests.factories.media_pipeline import (
    FailedJobFactory,
    MediaFactory,
    UploadFactory,
)
from tests.factories.notes import NoteFactory
from tests.factories.review import ReviewGuestFactory, ReviewLinkFactory
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import (
    PublicTrackFactory,
    ReadyTrackFactory,
    TrackFactory,
    UnlistedTrackFactory,
)
from tracks.models import BlindTest, Stem, Track, TrackVersion


@dataclass
class Cast:
    """Four people and the things of one of them."""

    people: dict[str, User | None]
    tracks: dict[str, Track]
    job: Any
    upload: Any
    links: dict[str, Any]
    music: dict[str, str] = field(default_factory=dict)


def make_cast() -> Cast:
    """Return the people, and one thing of each kind."""
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
            "scheduled": PublicTrackFactory(
                owner=owner, published_at=None, release_at=timezone.now() + timedelta(days=1)
            ),
            "deleted": PublicTrackFactory(owner=owner, deleted_at=timezone.now()),
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
    for things in (releases, judged, books):
        if found := things.address(row.route, row.on, cast.tracks):
            return found
    for table in (giving, given, selling, named, feeds, described, heard, lists, suggested):
        if found := table.address(row.route, row.on, track):
            return found
    if found := sent_on.address(row.route, cast.people["owner"]):
        return found
    if row.on in {"picture", "closed-picture"}:
        picture = a_picture(cast.tracks["public"].owner, is_open=row.on == "picture")
        words: list[Any] = [] if row.route.startswith("artist-picture-") else ["owner"]
        words += [] if row.route == "artist-press" else [picture.pk]
        return reverse(row.route, args=words)
    match row.route:
        case "payment-hook":
            return reverse(row.route, args=["nobody"])
        case "artist-section-move":
            return reverse(row.route, args=["playlist"])
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
        case "export-download" | "api-export":
            return reverse(row.route, args=[an_export(cast.tracks["public"].owner).pk])
        case "notification":
            return reverse(row.route, args=[_news(cast, row.on).pk])
        case "track-notes" | "api-notes":
            return reverse(row.route, args=[track.pk])  # type: ignore[union-attr]
        case "api-track-versions" | "api-track-alignments" | "api-blind-tests":
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
    version = cast.tracks["public"].primary_version
    assert version
    stem = Stem.objects.filter(version=version).first()
    return stem or Stem.objects.create(
        version=version, media=MediaFactory(), created_by=version.created_by
    )


def _blind_test(cast: Cast) -> BlindTest:
    """Return a begun test of the public track; its key is nobody's here."""
    track = cast.tracks["public"]
    first = track.primary_version
    assert first
    second = track.versions.exclude(pk=first.pk).first()
    second = second or TrackVersion.objects.create(
        track=track, media=MediaFactory(), number=9, created_by=track.owner
    )
    test, _ = BlindTest.objects.get_or_create(track=track, version_a=first, version_b=second)
    return test


def _note(cast: Cast, on: str) -> Note:
    """Return the owner's note on one of the tracks."""
    track = cast.tracks[on]
    return Note.objects.filter(track=track).first() or NoteFactory(
        version=track.primary_version, user=track.owner
    )


def _news(cast: Cast, on: str) -> Notification:
    """Return what the owner should hear of one of the tracks."""
    note, person = _note(cast, on), cast.people["stranger"]
    row, _ = Notification.objects.get_or_create(
        user=note.track.owner,
        kind="noted",
        defaults={"actor": person, "actor_name": "Stranger", "track": note.track, "note": note},
    )
    return row

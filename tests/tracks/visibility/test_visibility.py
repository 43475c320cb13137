"""Opening and closing a track."""

import re
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.tracks import (
    ReadyTrackFactory,
    TrackFactory,
    UnlistedTrackFactory,
    add_version,
)
from tracks.models import Track
from tracks.signals import track_published
from tracks.visibility.services import publication
from tracks.visibility.services.visibility import set_visibility

pytestmark = pytest.mark.django_db


def change(track: Track, visibility: str) -> Track:
    """Change it the way its owner does."""
    return set_visibility(track=track, visibility=visibility, by=track.owner)


def test_every_change_makes_a_new_key() -> None:
    track = ReadyTrackFactory()
    keys = [change(track, step).token for step in ("unlisted", "private", "unlisted", "public")]
    assert len({track.token, *keys}) == 5
    assert all(re.fullmatch(r"[\w-]{22}", key) for key in keys)  # 128 bits


def test_no_change_keeps_the_key() -> None:
    track = UnlistedTrackFactory()
    assert change(track, "unlisted").token == track.token


@pytest.mark.parametrize(
    ("before", "after", "revoked"),
    [
        ("public", "unlisted", True),
        ("public", "private", True),
        ("unlisted", "private", True),
        ("private", "unlisted", False),
        ("unlisted", "public", False),
    ],
)
def test_closing_ends_signed_addresses(before: str, after: str, revoked: bool) -> None:
    track = ReadyTrackFactory(visibility=before)
    add_version(track)
    change(track, after)
    epochs = {version.media.epoch for version in track.versions.select_related("media")}
    assert epochs == ({1} if revoked else {0})


def test_publishing_is_dated_once_and_announced(
    django_capture_on_commit_callbacks: Any,
) -> None:
    track, heard = ReadyTrackFactory(), []

    def hear(track: Track, **_rest: Any) -> None:
        heard.append(track.pk)

    track_published.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            first = change(track, "public").published_at
        with django_capture_on_commit_callbacks(execute=True):
            change(track, "private")
            again = change(track, "public").published_at
    finally:
        track_published.disconnect(hear)
    assert first is not None
    assert again == first
    assert heard == [track.pk]


def test_what_cannot_be_heard_is_not_published_yet() -> None:
    track = change(TrackFactory(), "public")
    assert track.published_at is None
    asset = track.primary_version.media.asset
    asset.playable_at = timezone.now()
    asset.save()
    first = publication.settle(track=track).published_at
    assert first
    assert publication.settle(track=track).published_at == first


def test_a_private_track_is_never_published() -> None:
    assert publication.settle(track=ReadyTrackFactory()).published_at is None

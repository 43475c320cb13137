"""Deleting and publishing in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connections, transaction
from django.utils import timezone

from tests.factories.tracks import PublicTrackFactory
from tests.sites import wait_until
from tracks.catalogue.services import deletion
from tracks.models import Track
from tracks.visibility.services import publication

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_being_deleted_at_its_hour_is_not_published() -> None:
    hour = timezone.now() - timedelta(seconds=1)
    track = PublicTrackFactory.create(published_at=None, release_at=hour)
    is_deleted, may_commit = Event(), Event()

    def delete() -> None:
        try:
            with transaction.atomic():
                deletion.delete(track=track, by=track.owner)
                is_deleted.set()
                may_commit.wait(5)
        finally:
            connections.close_all()

    def publish() -> None:
        try:
            publication.settle(track=track)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        deleting = pool.submit(delete)
        assert is_deleted.wait(5)
        publishing = pool.submit(publish)
        wait_until(_somebody_waits, seconds=5)
        may_commit.set()
        deleting.result(5)
        publishing.result(5)
    row = Track.everything.get()
    assert row.deleted_at is not None
    assert row.published_at is None


def _somebody_waits() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])

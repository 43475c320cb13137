"""Several hands on one upload at the same moment: one outcome, and the same for everybody."""

import hashlib
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from config.lib.problems import Problem
from media_pipeline.models import Asset, Job, Upload
from media_pipeline.storage import get_storage
from media_pipeline.storage.part_addresses import Capability
from media_pipeline.uploads.services import parts, uploads
from media_pipeline.uploads.services.sweep import sweep_storage
from tests.factories.social import UserFactory
from tracks.models import Track
from tracks.uploads.services import UploadTarget, complete

pytestmark = pytest.mark.django_db(transaction=True)

SONG = bytes(range(256)) * 1000
OTHER = SONG[::-1]


@pytest.fixture
def upload() -> Upload:
    """An upload of one part, which has arrived."""
    upload = uploads.create(owner=UserFactory.create(), filename="song.wav", size=len(SONG))
    send(upload, SONG)
    return upload


def send(upload: Upload, data: bytes) -> str:
    """Send the part; return its ETag."""
    allowed = Capability(upload.pk, 1, len(data))
    return parts.receive(allowed=allowed, source=io.BytesIO(data), length=len(data)).etag


def finish(upload: Upload) -> Any:
    """Complete it; return the id of its version."""
    etags = {part.number: part.etag for part in uploads.arrived(upload)}
    target = UploadTarget(title="Song")
    return complete(upload=upload, by=upload.owner, etags=etags, target=target).thing.pk


def at_once(*services: Callable[[], Any]) -> list[Any]:
    """Do all these at the same time; return what each returned, or the type of its Problem."""

    def do(action: Callable[[], Any]) -> Any:
        try:
            return action()
        except Problem as refusal:
            return refusal.type
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(services)) as hands:
        return list(hands.map(do, services))


def test_completed_by_many_it_is_one_track(upload: Upload) -> None:
    outcomes = at_once(*[lambda: finish(upload)] * 6)
    assert len(set(outcomes)) == 1
    work = Job.objects.exclude(asset=None)
    assert [Asset.objects.count(), Track.objects.count(), work.count()] == [1, 1, 1]
    assert get_storage().read(Asset.objects.get().key) == SONG


def test_completed_and_cancelled_it_is_one_of_both(upload: Upload) -> None:
    version, cancelled = at_once(lambda: finish(upload), lambda: uploads.abort(upload=upload))
    upload.refresh_from_db()
    sweep_storage()
    if upload.state == "completed":
        assert cancelled == "upload-closed"
        assert get_storage().read(Asset.objects.get().key) == SONG
    else:
        assert (upload.state, version) == ("aborted", "upload-closed")
        assert not Asset.objects.exists()
        assert not get_storage().exists(uploads.place_of(upload).key)


def test_what_was_named_is_what_is_kept(upload: Upload) -> None:
    """While others send other bytes for the same part, the original is what its ETag says."""
    senders = [lambda: send(upload, OTHER), lambda: send(upload, SONG)] * 3
    outcomes = at_once(*senders, lambda: finish(upload))
    assert set(outcomes[:-1]) <= {*map(etag, (SONG, OTHER)), "part-in-flight", "upload-closed"}
    finish(upload)
    assert get_storage().read(Asset.objects.get().key) in {SONG, OTHER}


def etag(data: bytes) -> str:
    """Return the ETag of these bytes."""
    return f'"{hashlib.md5(data).hexdigest()}"'

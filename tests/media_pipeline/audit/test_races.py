"""While people upload and delete, no sweep takes their bytes for orphans or for lost."""

import threading
from io import BytesIO
from typing import Any

import pytest
from django.db import connections, transaction

from media_pipeline.assets.services.removal import remove_asset
from media_pipeline.audit.services.sweep import sweep
from media_pipeline.models import Asset
from media_pipeline.storage.disk import DiskStorage
from media_pipeline.uploads.services import completion, uploads
from tests.depth import depth
from tests.factories.social import UserFactory
from tests.media_pipeline.audit.days import found, sweep_tomorrow, tomorrow

pytestmark = pytest.mark.django_db(transaction=True)

UPLOADS = depth(some=16, all_of_them=1000)


def upload(disk: DiskStorage, owner: Any) -> Asset:
    """Send a few bytes all the way, as the API does."""
    sent = uploads.create(owner=owner, filename="song.wav", size=5)
    place = uploads.place_of(sent)
    part = disk.receive(place, 1, source=BytesIO(b"12345"), offset=0, size=5)
    with completion.completing(upload=sent, etags={1: part.etag}) as row:
        return completion.name(row).asset


def test_uploads_and_removals_during_sweeps(disk: DiskStorage) -> None:
    owner = UserFactory.create()
    ended = threading.Event()

    def live() -> None:
        try:
            for number in range(UPLOADS):
                asset = upload(disk, owner)
                if number % 3 == 0:
                    with transaction.atomic():
                        asset.media.all().delete()
                        remove_asset(asset)
        finally:
            ended.set()
            connections.close_all()

    person = threading.Thread(target=live)
    person.start()
    sweeps, orphans, missing = 0, set(), set()
    while not ended.is_set():
        # As if all were old; places are made a moment before their row, which age hides.
        sweep(now=tomorrow())
        orphans |= {key for key in found("orphan") if key.startswith("originals/")}
        missing |= found("missing")
        sweeps += 1
    person.join()
    assert (orphans, missing) == (set(), set())
    assert sweeps > 1
    assert Asset.objects.count() == UPLOADS - len(range(0, UPLOADS, 3))
    sweep_tomorrow()
    assert (found("orphan"), found("missing")) == (set(), set())

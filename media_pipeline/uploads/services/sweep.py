"""Removing what unfinished uploads have left. Each step may be killed and is done again."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from config.lib.kept import forget_rows
from media_pipeline.models import Upload
from media_pipeline.storage import get_storage
from media_pipeline.uploads.services.quota import LIVE, take_turns
from media_pipeline.uploads.services.uploads import discard

logger = logging.getLogger(__name__)

NAMELESS_KEPT = timedelta(days=1)  # a place is made a moment before its row
ROWS_KEPT = timedelta(days=30)
ENDED = [Upload.State.ABORTED, Upload.State.EXPIRED]


def sweep_uploads() -> int:
    """Expire uploads that were left alone, with their bytes; return how many.

    One that died between its rename and its commit keeps its bytes until then, so that a later
    `complete` finds them.
    """
    now, expired = timezone.now(), 0
    for key in Upload.objects.filter(state__in=LIVE, expires_at__lt=now).values_list(
        "pk", flat=True
    ):
        expired += _expire(key, now)
    return expired


def forget_ended(now: datetime, most: int) -> int:
    """Forget up to `most` uploads that ended long ago and became nothing; return how many."""
    ended = Upload.objects.filter(state__in=ENDED, expires_at__lt=now - ROWS_KEPT)
    return forget_rows(ended, most)


def sweep_storage() -> int:
    """Remove parts that no upload under way names, and unfinished writes; return how many."""
    storage, now, removed = get_storage(), timezone.now(), 0
    for place, touched in storage.remains():
        try:
            row = Upload.objects.filter(pk=UUID(place.id)).first()
        except ValueError:
            logger.warning("%s among the uploads is not ours; it is left alone.", place.id)
            continue
        nameless_and_new = row is None and now - touched < NAMELESS_KEPT
        if nameless_and_new or (row is not None and row.state in LIVE):
            continue
        storage.drop(place)
        removed += 1
    return removed + storage.sweep_drafts(now - NAMELESS_KEPT)


def end_uploads(*, owner: Any) -> None:
    """Let nothing more arrive of this person: the addresses of their parts end.

    The row refuses from its commit on; then the bytes go, and with them what S3 has signed. What
    fails there is done by the sweep. Needs a transaction: what begins meanwhile waits for its end.
    """
    take_turns(owner)
    now = timezone.now()
    live = Upload.objects.filter(owner=owner, state__in=LIVE)
    keys = list(live.values_list("pk", flat=True))
    live.update(expires_at=now - timedelta(seconds=1))
    transaction.on_commit(lambda: [_expire(key, now) for key in keys] and None, robust=True)


@transaction.atomic
def _expire(key: UUID, now: datetime) -> bool:
    rows = Upload.objects.select_for_update(skip_locked=True)
    upload = rows.filter(pk=key, state__in=LIVE, expires_at__lt=now).first()
    if upload is None:
        return False
    discard(upload)  # before the row says so: whoever is killed here does it again
    upload.state = Upload.State.EXPIRED
    upload.save(update_fields=["state"])
    return True

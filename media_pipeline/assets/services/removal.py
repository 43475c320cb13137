"""Deleting an asset so that nothing of it is left, whenever the process is killed.

The rows go and a `Removal` comes in one transaction; the files go after the commit. A worker that
was at it may still write for as long as its lease runs, so the sweep removes once more after that
and only then forgets.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from media_pipeline import storage
from media_pipeline.assets.services.originals import release_original
from media_pipeline.models import Asset, Backup, Media, Removal

logger = logging.getLogger(__name__)

LAST_WRITE_AFTER = timedelta(minutes=5)  # well over a lease (45 s) and its last segment


@transaction.atomic
def remove_media(media: Media) -> None:
    """Delete one media; its asset goes with it when no other media plays the same asset."""
    asset = Asset.objects.select_for_update().get(pk=media.asset_id)
    Media.forget([media.pk])
    media.delete()
    if not asset.media.exists():
        remove_asset(asset)


def remove_asset(asset: Asset) -> Removal:
    """Delete the asset's rows; its files follow on commit. Needs a transaction."""
    removal = Removal.objects.create(
        asset_id=asset.pk,
        original_key=asset.key,
        keys=_keys_of(asset),
        prefixes=[f"transcodes/{asset.pk}/"],
    )
    asset.delete()
    transaction.on_commit(lambda: carry_out(removal))
    return removal


def remove_key(owner_id: UUID, key: str) -> Removal:
    """Delete what is stored under a key of a row that goes; it follows on commit.

    Needs the transaction in which the row (`owner_id`) is deleted.
    """
    removal = Removal.objects.create(asset_id=owner_id, original_key=key)
    transaction.on_commit(lambda: carry_out(removal))
    return removal


def carry_out(removal: Removal) -> bool:
    """Remove the files; tells whether all went well. What fails is tried again by the sweep.

    While a backup holds a moment fast nothing is removed that its rows may name.
    """
    if Backup.objects.hold():
        return False
    files = storage.get_storage()
    try:
        for prefix in removal.prefixes:
            files.delete_prefix(prefix)
        for key in removal.keys:
            files.delete(key)
        release_original(removal.original_key)
    except Exception:
        logger.exception("The %s could not be removed; the sweep tries again.", removal)
        return False
    return True


def sweep_removals() -> int:
    """Remove once more what a late worker may have left, then forget; returns how many."""
    due = Removal.objects.filter(created_at__lt=timezone.now() - LAST_WRITE_AFTER)
    done = [removal.pk for removal in due.order_by("created_at")[:200] if carry_out(removal)]
    Removal.objects.filter(pk__in=done).delete()
    return len(done)


def _keys_of(asset: Asset) -> list[str]:
    return [
        f"waveforms/{asset.pk}.json",
        f"waveforms/{asset.pk}.png",
        f"waveforms/{asset.pk}-spectrum.png",
        f"images/artwork_{asset.pk}_full.jpg",
        f"images/artwork_{asset.pk}_thumb.jpg",
        f"visuals/{asset.pk}.jpg",
        f"visuals/{asset.pk}.mp4",
    ]

"""What tracks do when the machine announces something. The sweep makes up for what is lost."""

from typing import Any

from django.dispatch import receiver

from media_pipeline.models import Asset
from media_pipeline.signals import (
    asset_failed,
    asset_playable,
    asset_queued,
    asset_ready,
)
from tracks.processing.services import settle


@receiver([asset_queued, asset_playable, asset_ready, asset_failed])
def settle_versions(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Bring the versions of this asset up to date."""
    settle(asset_id=asset.pk)

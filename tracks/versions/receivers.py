"""What versions do when the machine announces something. The sweep makes up for what is lost."""

from typing import Any

from django.dispatch import receiver

from media_pipeline.models import Asset
from media_pipeline.signals import asset_ready
from tracks.versions import aligning


@receiver(asset_ready)
def align_versions(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Have the versions of this asset laid beside their siblings."""
    aligning.expect(asset_id=asset.pk)

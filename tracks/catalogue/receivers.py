"""What a track learns of its file."""

from typing import Any

from django.dispatch import receiver

from media_pipeline.models import Asset
from media_pipeline.signals import asset_probed, asset_ready
from tracks.catalogue.services.editing import take_title_of_file


@receiver([asset_probed, asset_ready])
def take_title(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Take the title from the file: as soon as it is known, and again should that be lost."""
    take_title_of_file(asset=asset)

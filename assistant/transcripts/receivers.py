"""What transcripts do when a piece is ready."""

from typing import Any

from django.dispatch import receiver

from assistant.transcripts.services import asking
from media_pipeline.models import Asset
from media_pipeline.signals import asset_ready


@receiver(asset_ready)
def hear_asset(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Have its words written down once all that people wait for is there."""
    asking.expect(asset=asset)

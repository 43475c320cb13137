"""What tracks do so that others like them are found."""

from typing import Any

from django.dispatch import receiver

from media_pipeline.models import Asset
from media_pipeline.signals import asset_ready
from tracks.alike import services
from tracks.models import Track
from tracks.signals import primary_chosen


@receiver(asset_ready)
def describe_asset(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Have it described once all that people wait for is there."""
    services.expect_asset(asset=asset)


@receiver(primary_chosen)
def describe_primary(sender: Any, track: Track, **_rest: Any) -> None:
    """Have described what listeners get first now."""
    services.expect(track=track)

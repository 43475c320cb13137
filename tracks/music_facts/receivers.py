"""What tracks do when their music was heard, or other music comes first."""

from typing import Any

from django.dispatch import receiver

from media_pipeline.models import Asset
from media_pipeline.signals import asset_ready, music_measured
from tracks.models import Track
from tracks.music_facts import services
from tracks.signals import primary_chosen


@receiver(asset_ready)
def measure_asset(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Have it measured once all that people wait for is there."""
    services.expect_asset(asset=asset)


@receiver(music_measured)
def take_measures(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Bring what was measured to the tracks."""
    services.bring(asset_id=asset.pk)


@receiver(primary_chosen)
def measure_primary(sender: Any, track: Track, **_rest: Any) -> None:
    """Measure again what listeners get first now."""
    services.expect(track=track)

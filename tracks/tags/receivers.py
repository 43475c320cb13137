"""What a file says of its genre is suggested to whoever owns the track."""

from typing import Any

from django.dispatch import receiver

from media_pipeline.models import Asset
from media_pipeline.signals import asset_probed
from tracks.tags.services.from_files import suggest_genres


@receiver(asset_probed)
def suggest_genres_of_file(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Suggest them as soon as they are known."""
    suggest_genres(asset=asset)

"""What a track learns of its file."""

from typing import Any

from django.dispatch import receiver

from media_pipeline.models import Asset
from media_pipeline.signals import asset_probed, asset_ready, music_measured
from tracks.catalogue.services.editing import take_title_of_file
from tracks.catalogue.services.guessing import guess
from tracks.models import Track
from tracks.signals import primary_chosen


@receiver([asset_probed, asset_ready])
def take_title(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Take the title from the file: as soon as it is known, and again should that be lost."""
    take_title_of_file(asset=asset)


@receiver([asset_ready, music_measured])
def guess_form(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Guess whether people speak in it, once it was looked at, and again once it was heard."""
    guess(asset=asset)


@receiver(primary_chosen)
def guess_form_of_primary(sender: Any, track: Track, **_rest: Any) -> None:
    """Guess anew by what listeners get first now."""
    for asset in Asset.objects.filter(media__version=track.primary_version_id):
        guess(asset=asset)

"""Music that was measured says something of a piece, too."""

from typing import Any

from django.dispatch import receiver

from assistant.suggestions.services import making
from media_pipeline.models import Asset
from media_pipeline.signals import music_measured
from tracks.models import Track


@receiver(music_measured)
def measured(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Have its pieces read, once the tracks have taken what was measured."""
    for track in Track.objects.filter(primary_version__media__asset=asset):
        making.expect(track)

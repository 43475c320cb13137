"""What a draft learns of its files. The round makes up for what is lost."""

from typing import Any

from django.dispatch import receiver

from media_pipeline.models import Asset
from media_pipeline.signals import asset_failed, asset_playable, asset_probed, asset_ready
from tracks.models import ReleaseTrack
from tracks.releases.services import drafts


@receiver([asset_probed, asset_ready, asset_failed])
def fill_in(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Read the tags of a file that is on a draft, as soon as they are known."""
    drafts.settle_asset(asset.pk)


@receiver(asset_playable)
def tell_watchers(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Let whoever has the draft open see that a piece plays."""
    items = ReleaseTrack.objects.filter(track__primary_version__media__asset=asset).exclude(path="")
    for release_id in set(items.values_list("release_id", flat=True)):
        drafts.changed(release_id)

"""Taking back what was handed out: after this, only whoever may open a track hears it."""

from uuid import UUID

from django.db import transaction

from config.lib import live
from media_pipeline.models import Media
from tracks.models import Track


def end_signatures(track: Track) -> None:
    """End every signed address of the track's sound and pictures, and look at its sockets again.

    Players of those who may still open it ask for new addresses and go on without a gap.
    """
    of_versions = Media.objects.filter(version__track=track)
    of_stems = Media.objects.filter(stem__version__track=track)
    of_visuals = Media.objects.filter(visual__track=track)
    assets = set()
    for media in of_versions.union(of_stems, of_visuals):
        media.revoke()
        assets.add(media.asset_id)
    transaction.on_commit(lambda: look_again(assets))


def look_again(assets: set[UUID]) -> None:
    """Let every socket that watches one of these assets ask anew whether it may."""
    for asset in assets:
        live.announce(f"asset-{asset}", "asset.changed")

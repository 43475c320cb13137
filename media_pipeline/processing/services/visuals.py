"""The job that makes the picture or film of a track."""

from django.db.models.functions import Now

from media_pipeline.assets.services.originals import sha256_of, store_once
from media_pipeline.jobs.services import ending
from media_pipeline.jobs.services.announcing import announce
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Asset
from media_pipeline.processing.services.workspace import workspace
from media_pipeline.signals import asset_ready
from media_pipeline.steps import visual
from media_pipeline.storage import get_storage

PICTURE, FILM = "image/jpeg", "video/mp4"


def make_visual(lease: Lease) -> None:
    """Re-encode what was uploaded and let it be shown.

    Raises Refused or ProcessFailed (the file), Stopped (SIGTERM), LeaseLost.
    """
    asset = lease.asset
    with workspace(lease) as place:
        original = place.original(asset)
        kind = visual.sniff(original)
        if kind == "still":
            mime, key = PICTURE, key_of(asset, PICTURE)
            get_storage().write(key, visual.still(original), content_type=PICTURE)
        else:
            mime, key, film = FILM, key_of(asset, FILM), place.folder / "film.mp4"
            visual.film(original, kind, film, should_stop=lease.should_stop)
            get_storage().write_file(key, film, content_type=FILM)
        sha256 = sha256_of(original, lease.should_stop)
        with lease.fence():
            store_once(asset, sha256)
            Asset.objects.filter(pk=asset.pk).update(mime=mime, ready_at=Now())
            ending.done(lease)
            announce(asset_ready, asset)


def key_of(asset: Asset, mime: str) -> str:
    """Return where the picture (JPEG) or film (MP4) of this asset lies."""
    return f"visuals/{asset.pk}.{'mp4' if mime == FILM else 'jpg'}"

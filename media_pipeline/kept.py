"""What the machine keeps of people, and what it lets go of with an account."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from config.lib import kept
from config.lib.kept import Fate, Kept
from media_pipeline.assets.services.removal import remove_asset
from media_pipeline.models import Asset, Job, StorageQuota, Upload
from media_pipeline.uploads.services.uploads import discard

WITH_ASSET = "Made from the file by the machine, and goes with it."


def register_all() -> None:
    """Say what is kept, and what happens when somebody leaves."""
    kept.register(
        Kept(
            "media_pipeline.Asset",
            "The files you sent, byte for byte, and what they are called",
            Fate.REMOVED,
            "Until you delete the piece",
            section="versions",
        ),
        Kept(
            "media_pipeline.AudioFacts",
            "What a file says of itself: its length, its sound, its tags",
            Fate.REMOVED,
            "As long as the file",
            section="versions",
            minor=True,
        ),
        Kept(
            "media_pipeline.Upload",
            "Files on their way in, with their name and size",
            Fate.REMOVED,
            "As long as what they became; 30 days where they became nothing",
            section="uploads",
        ),
        Kept(
            "media_pipeline.StorageQuota",
            "Room of your own in place of the site’s limit",
            Fate.REMOVED,
            "As long as the account",
            section="account",
            minor=True,
        ),
        Kept(
            "media_pipeline.Job",
            "Work that waits or was done, such as a message that is to be sent",
            Fate.REMOVED,
            "One or two days when done, 30 when it failed; as long as the file it is about",
            words="Messages are sealed, the rest names ids only: there is nothing to take along.",
            minor=True,
        ),
        Kept(
            "media_pipeline.Event",
            "What has happened, by ids, so that other parts of the site hear of it",
            Fate.KEPT,
            "30 days",
            words="Ids without names: when an account is gone they lead to nobody.",
        ),
        Kept(
            "media_pipeline.SealedEntry",
            "What moderators and administrators did to an account, and why",
            Fate.KEPT,
            "For good",
            words="A log that could be cut would prove nothing (GDPR art. 17(3)(e)); it holds ids, "
            "never names, and is for administrators.",
        ),
        Kept(
            "media_pipeline.Removal",
            "Which files are being removed",
            Fate.KEPT,
            "Some minutes",
            words="It names files that are about to go, and is gone after them.",
            minor=True,
        ),
        Kept(
            "media_pipeline.Backup",
            "When the site was copied for safety, and how that ended",
            Fate.KEPT,
            "400 days",
            words="The row names nobody. The copies hold what the site held on that day, and are "
            "overwritten in their turn.",
            minor=True,
        ),
    )
    kept.impersonal(
        media_pipeline__Media=WITH_ASSET,
        media_pipeline__Rendition=WITH_ASSET,
        media_pipeline__Waveform=WITH_ASSET,
        media_pipeline__Artwork=WITH_ASSET,
        media_pipeline__Fingerprint=WITH_ASSET,
        media_pipeline__MusicFacts=WITH_ASSET,
        media_pipeline__Descriptor=WITH_ASSET,
        media_pipeline__StorageTally="How much the storage holds, counted",
        media_pipeline__StorageFinding="Files and rows that do not fit together",
        media_pipeline__EventReader="How far each part of the site has read",
        media_pipeline__EventNumber="The last number given to an event",
        media_pipeline__Retention="When rows were last forgotten",
        media_pipeline__Schedule="When work comes round",
        media_pipeline__Seal="Digests of the sealed log",
    )
    kept.on_farewell(end_uploads, order=10)
    kept.on_farewell(forget_files, order=80)


def end_uploads(person: Any) -> None:
    """Take away what is on its way in, and the room that was reserved.

    Their bytes go on commit; where that is missed, the sweep of places without a row does it.
    """
    uploads = list(Upload.objects.filter(owner=person).select_for_update())
    Upload.objects.filter(pk__in=[row.pk for row in uploads]).delete()
    StorageQuota.objects.filter(user=person).delete()
    Job.objects.filter(subject_id=str(person.pk)).exclude(state=Job.State.RUNNING).delete()

    def remove_bytes() -> None:
        for upload in uploads:
            if upload.asset_id is None:
                discard(upload)

    transaction.on_commit(remove_bytes, robust=True)


def forget_files(person: Any) -> None:
    """Remove what is left when the pieces are gone: files that became nothing."""
    for asset in Asset.objects.filter(owner=person).select_for_update():
        try:
            with transaction.atomic():
                asset.media.all().delete()
                remove_asset(asset)
        except ProtectedError:  # somebody else's piece plays it: it stays, without its name
            Asset.objects.filter(pk=asset.pk).update(filename="file")

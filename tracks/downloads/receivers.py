"""What follows for downloads when rows change."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from media_pipeline.assets.services.removal import remove_key
from media_pipeline.models import Asset
from media_pipeline.signals import asset_ready
from tracks.downloads.services.preparing import FOLDER, prepare_if_given
from tracks.models import PreparedFile, Release, Track


@receiver(post_delete, sender=PreparedFile)
def remove_files(sender: Any, instance: PreparedFile, **_rest: Any) -> None:
    """Remove what was a prepared file's own, also where it goes with its asset."""
    if instance.key:
        remove_key(instance.pk, instance.key)
    made = instance.base_key.startswith(FOLDER)
    if made and not PreparedFile.objects.filter(base_key=instance.base_key).exists():
        remove_key(instance.pk, instance.base_key)


@receiver(post_save, sender=Track)
@receiver(post_save, sender=Release)
def was_edited(sender: Any, instance: Track | Release, **_rest: Any) -> None:
    """Prepare anew what was edited."""
    prepare_if_given(instance)


@receiver(asset_ready)
def new_sound(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Prepare the tracks whose version has become ready."""
    for track in Track.objects.filter(primary_version__media__asset=asset):
        prepare_if_given(track)

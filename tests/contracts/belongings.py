"""What somebody in the table of permissions has beside their music: a picture, an archive."""

from datetime import timedelta

from django.utils import timezone

from media_pipeline.models import Artwork
from media_pipeline.storage import get_storage
from social.models import ArtistPage, ArtistPicture, Export, User
from tests.factories.media_pipeline import AssetFactory


def a_picture(owner: User, *, is_open: bool) -> ArtistPicture:
    """Return a picture for the press of the owner's, whose press page is open or not."""
    ArtistPage.objects.update_or_create(user=owner, defaults={"shows_press": is_open})
    if found := ArtistPicture.objects.filter(user=owner).first():
        return found
    asset = AssetFactory(owner=owner)
    for key in (asset.key, "images/cast.jpg"):
        get_storage().write(key, b"JPEG", content_type="image/jpeg")
    Artwork.objects.create(
        asset=asset, full_key="images/cast.jpg", thumb_key="images/cast.jpg", accent="b4552d"
    )
    return ArtistPicture.objects.create(user=owner, asset=asset, alt="Owner")


def an_export(owner: User) -> Export:
    """Return the owner's archive, which can be fetched."""
    if found := Export.objects.filter(user=owner).exclude(key="").first():
        return found
    get_storage().write("exports/cast.zip", b"PK", content_type="application/zip")
    week = timezone.now() + timedelta(days=7)
    return Export.objects.create(
        user=owner, key="exports/cast.zip", ready_at=timezone.now(), expires_at=week
    )

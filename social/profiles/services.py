"""What artists make of their pages: a colour, a header, and what the press may take."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from config.lib import kept_pages
from config.lib.ids import uuid7
from config.lib.problems import Problem
from media_pipeline.assets.services.originals import store_once
from media_pipeline.assets.services.removal import remove_asset
from media_pipeline.events.services import tell
from media_pipeline.free_space import disk_full_is_said, require_room
from media_pipeline.models import Artwork, Asset
from media_pipeline.processing.services.pictures import keys
from media_pipeline.steps.errors import Refused
from media_pipeline.steps.pictures import Cover
from media_pipeline.steps.press import press_picture
from media_pipeline.storage import get_storage
from media_pipeline.uploads.services import quota
from media_pipeline.uploads.services.uploads import clean_filename
from social.events import PERSON_EDITED
from social.models import ArtistPage, ArtistPicture, PageSection, User

MOST_BYTES = 20 * 1024 * 1024
PRESS_MOST = 12


@transaction.atomic
def describe(*, by: User, words: dict[str, Any]) -> ArtistPage:
    """Change the accent, the text for the press, and whether its page is open."""
    page, _ = ArtistPage.objects.update_or_create(user=by, defaults=words)
    tell(PERSON_EDITED, of=by, by=by.pk)
    kept_pages.forget(f"person:{by.pk}")
    return page


@transaction.atomic
def arrange(*, by: User, section: PageSection, to: int) -> list[PageSection]:
    """Let a section of the page be the `to`th, from 0; returns them all in their order.

    Beyond an end is the end.
    """
    ArtistPage.objects.get_or_create(user=by)
    page = ArtistPage.objects.select_for_update(of=("self",)).get(user=by)
    others = [one for one in page.order if one != section]
    others.insert(max(0, to), section)
    page.sections = [one.value for one in others]
    page.save(update_fields=["sections", "updated_at"])
    kept_pages.forget(f"person:{by.pk}")
    return others


def add(
    *, by: User, data: bytes, filename: str, words: dict[str, Any], header: bool = False
) -> ArtistPicture:
    """Keep a picture: for the press in full size, or cut wide as the header of the page.

    A new header takes the place of the old one. Raises Problem: `too-large`, `no-picture`,
    `too-many-pictures`, `quota-exceeded`, `storage-full`.
    """
    if len(data) > MOST_BYTES:
        raise Problem("too-large", "A picture may have 20 MB. Save it smaller.", status=413)
    made = _made(data, wide=header)
    require_room(len(data))
    with transaction.atomic():
        quota.reserve(user=by, size=len(data))
        page, _ = ArtistPage.objects.get_or_create(user=by)
        page = ArtistPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        if not header and by.pictures.filter(is_header=False).count() >= PRESS_MOST:
            sentence = f"There are {PRESS_MOST} pictures, which is the most. Take one out first."
            raise Problem("too-many-pictures", sentence)
        asset = _kept(by, data, filename, made)
        row = ArtistPicture.objects.create(user=by, asset=asset, is_header=header, **words)
        if header:
            before, page.header = page.header, row
            page.save(update_fields=["header", "updated_at"])
            if before:
                _remove(before)
        kept_pages.forget(f"person:{by.pk}")
    return row


@transaction.atomic
def reword(*, picture: ArtistPicture, by: User, words: dict[str, Any]) -> None:
    """Change what is said of a picture. Raises Problem: `may-not`."""
    _own(picture, by)
    ArtistPicture.objects.filter(pk=picture.pk).update(**words)
    kept_pages.forget(f"person:{by.pk}")


@transaction.atomic
def remove(*, picture: ArtistPicture, by: User) -> None:
    """Take a picture away, with its files. Raises Problem: `may-not`."""
    _own(picture, by)
    _remove(picture)
    kept_pages.forget(f"person:{by.pk}")


@transaction.atomic
def forget(person: User) -> None:
    """Take all of somebody's page away: they leave."""
    ArtistPage.objects.filter(user=person).delete()
    for picture in ArtistPicture.objects.filter(user=person).select_related("asset"):
        _remove(picture)


def _own(picture: ArtistPicture, by: User) -> None:
    if picture.user_id != by.pk:
        raise Problem("may-not", "This is somebody else's picture.", status=403)


def _remove(picture: ArtistPicture) -> None:
    asset = picture.asset
    picture.delete()
    remove_asset(asset)


def _made(data: bytes, *, wide: bool) -> Cover:
    with tempfile.TemporaryDirectory(prefix="nexus-picture-") as folder:
        place = Path(folder) / "picture"
        place.write_bytes(data)
        try:
            return press_picture(place, wide=wide)
        except Refused as refusal:
            raise Problem(refusal.code, refusal.sentence) from None


def _kept(by: User, data: bytes, filename: str, made: Cover) -> Asset:
    """Store the original and what was made of it. Needs a transaction."""
    files, key = get_storage(), uuid7()
    asset = Asset(id=key, owner=by, bucket=files.bucket, size_bytes=len(data))
    asset.filename, asset.key = clean_filename(filename), f"originals/{key}.img"
    *_, full_key, thumb_key = keys(key)
    with disk_full_is_said():
        files.write(asset.key, data, content_type="application/octet-stream")
        files.write(full_key, made.full, content_type="image/jpeg")
        files.write(thumb_key, made.thumb, content_type="image/jpeg")
    asset.save(force_insert=True)
    store_once(asset, hashlib.sha256(data).hexdigest())
    Asset.objects.filter(pk=key).update(ready_at=Now())
    Artwork.objects.create(
        asset=asset,
        full_key=full_key,
        thumb_key=thumb_key,
        origin=Artwork.Origin.EMBEDDED,
        accent=made.accent,
    )
    return asset

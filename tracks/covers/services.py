"""A cover that an owner gives a track or a release, in place of the one inside its file.

The picture is kept as it came, as an original of its owner's, and made anew in the sandbox: what is
shown has no metadata and no surprises. Another cut of it is another asset of the same bytes, so no
address ever shows two different pictures.
"""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.db import transaction
from django.db.models.functions import Now

from config.lib import kept_pages
from config.lib.ids import uuid7
from config.lib.problems import Problem
from media_pipeline.assets.services.originals import store_once
from media_pipeline.assets.services.removal import remove_media
from media_pipeline.free_space import disk_full_is_said, require_room
from media_pipeline.models import Artwork, Asset, Media
from media_pipeline.processing.services.pictures import keys
from media_pipeline.steps.errors import Refused
from media_pipeline.steps.pictures import Cover, chosen_cover
from media_pipeline.storage import get_storage
from media_pipeline.uploads.services import quota
from media_pipeline.uploads.services.uploads import clean_filename
from tracks.access import Person
from tracks.models import Playlist, Release, Track
from tracks.visibility.services.closing import look_again

MOST_BYTES = 20 * 1024 * 1024
ENDINGS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
MIMES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}

Covered = Track | Release | Playlist


@dataclass(frozen=True)
class Square:
    """What of a picture is shown, in pixels of the picture as it stands upright."""

    x: int
    y: int
    side: int


def put(
    *,
    thing: Covered,
    data: bytes,
    by: Person,
    filename: str = "cover",
    square: Square | None = None,
) -> Media:
    """Make this picture the cover of a thing; an earlier one goes, with its files and addresses.

    Without a `square` its middle is shown. Raises Problem: `cover-too-large`, `no-cover`,
    `too-many-pixels`, `too-small`, `quota-exceeded`, `storage-full`.
    """
    if len(data) > MOST_BYTES:
        raise Problem(
            "cover-too-large",
            "A cover may have 20 MB. Save this picture smaller.",
            status=413,
            max_bytes=MOST_BYTES,
        )
    ending = ending_of(data)
    made = _made(data, square)
    asset = Asset(
        id=uuid7(),
        owner_id=thing.owner_id,
        bucket=get_storage().bucket,
        filename=clean_filename(filename) if "." in filename else f"cover.{ending}",
        size_bytes=len(data),
    )
    asset.key = f"originals/{asset.pk}.{ending}"
    require_room(len(data))
    with transaction.atomic():
        quota.reserve(user=thing.owner, size=len(data))
        with disk_full_is_said():
            get_storage().write(asset.key, data, content_type=MIMES[ending])
        return _take(thing, asset, made, hashlib.sha256(data).hexdigest())


def crop(*, thing: Covered, square: Square | None, by: Person) -> Media:
    """Show another part of the cover that is there. Raises Problem as `put` does, `no-cover`."""
    if thing.cover is None:
        raise Problem("no-cover", "There is no cover of its own to cut. Give it one.", status=404)
    before = thing.cover.asset
    try:
        data = get_storage().read(before.key)
    except FileNotFoundError:
        raise Problem(
            "no-cover", "This picture is not in the storage any more. Upload it again.", status=409
        ) from None
    made = _made(data, square)
    asset = Asset(
        id=uuid7(),
        owner_id=before.owner_id,
        bucket=before.bucket,
        key=before.key,
        filename=before.filename,
        size_bytes=before.size_bytes,
    )
    with transaction.atomic():
        return _take(thing, asset, made, before.sha256)


@transaction.atomic
def remove(*, thing: Covered, by: Person) -> bool:
    """Take its own cover away, with its files; False where there was none."""
    row = _locked(thing)
    had = row.cover_id is not None
    _let_go(row)
    thing.cover, thing.cover_accent = None, ""
    return had


def ending_of(data: bytes) -> str:
    """Return `jpg`, `png` or `webp` by the first bytes. Raises Problem `no-cover`."""
    for magic, ending in ENDINGS.items():
        if data.startswith(magic):
            return ending
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    raise Problem("no-cover", "This is no picture that Nexus can read. Try JPEG, PNG or WebP.")


def _made(data: bytes, square: Square | None) -> Cover:
    with tempfile.TemporaryDirectory(prefix="nexus-cover-") as folder:
        place = Path(folder) / "picture"
        place.write_bytes(data)
        try:
            return chosen_cover(place, (square.x, square.y, square.side) if square else None)
        except Refused as refusal:
            raise Problem(refusal.code, refusal.sentence) from None


def _take(thing: Covered, asset: Asset, made: Cover, sha256: str) -> Media:
    """Store what was made and let it be the thing's cover. Needs a transaction."""
    row = _locked(thing)
    *_, full_key, thumb_key = keys(asset.pk)
    with disk_full_is_said():
        get_storage().write(full_key, made.full, content_type="image/jpeg")
        get_storage().write(thumb_key, made.thumb, content_type="image/jpeg")
    asset.save(force_insert=True)
    store_once(asset, sha256)
    Asset.objects.filter(pk=asset.pk).update(ready_at=Now())
    Artwork.objects.create(
        asset=asset,
        full_key=full_key,
        thumb_key=thumb_key,
        origin=Artwork.Origin.EMBEDDED,  # the file is the picture
        accent=made.accent,
    )
    media = Media.objects.create(asset=asset)
    _let_go(row, media, made.accent)
    thing.cover, thing.cover_accent = media, made.accent
    return media


def _let_go(row: Any, media: Media | None = None, accent: str = "") -> None:
    """Put a cover, or none, in place of the one a locked row has; end and remove that."""
    before = row.cover
    type(row).everything.filter(pk=row.pk).update(cover=media, cover_accent=accent)
    _draw_anew(row, [before] if before else [])
    if before:
        remove_media(before)


def _draw_anew(row: Covered, ended: list[Media]) -> None:
    if isinstance(row, Track):
        look_again(ended, [row.pk])
        return
    tracks = list(row.items.values_list("track_id", flat=True)) if isinstance(row, Release) else []
    look_again(ended, tracks)
    kept_pages.forget(f"list:{row.pk}", f"person:{row.owner_id}")


def _locked(thing: Covered) -> Any:
    model: Any = type(thing)
    rows = model.everything.select_for_update(of=("self",)).select_related("cover")
    return cast(Covered, rows.get(pk=thing.pk))

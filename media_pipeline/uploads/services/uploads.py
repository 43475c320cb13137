"""A file on its way in: create, sign parts, list parts, abort. The end is in upload_completion."""

import math
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from config.lib.lines import one_line
from config.lib.problems import Problem
from media_pipeline import faults
from media_pipeline.free_space import disk_full_is_said, require_room
from media_pipeline.models import Asset, Upload
from media_pipeline.models.asset import Source
from media_pipeline.storage import Address, Part, Place, get_storage
from media_pipeline.uploads.services import quota

MIB = 1024 * 1024
PART_MIN_BYTES = 8 * MIB
PARTS_AIMED_AT = 9000  # S3 takes 10,000
FILENAME_LONGEST = 255
OPEN_AT_ONCE = 1000  # unfinished uploads of one person
ADDRESS_LIFE = timedelta(hours=1)
SIGN_AT_ONCE = 100

State = Upload.State
_suspended: list[Callable[[Any], bool]] = []


def suspends(rule: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Register a reason why somebody may send nothing for now."""
    _suspended.append(rule)
    return rule


def create(
    *,
    owner: Any,
    filename: str,
    size: int,
    sha256: str = "",
    source_type: str = Source.FILE,
    source_url: str = "",
) -> Upload:
    """Reserve room and begin to receive a file of exactly `size` bytes, which came from a source.

    Raises Problem `uploads-suspended`, `file-empty`, `file-too-large`, `quota-exceeded`,
    `too-many-uploads`, `storage-full`.
    """
    _require_not_suspended(owner)
    if size < 1:
        raise Problem("file-empty", "This file is empty. Choose the original.")
    if size > settings.NEXUS_MAX_UPLOAD_BYTES:
        raise Problem(
            "file-too-large",
            f"This file is too large. One may have {_gib(settings.NEXUS_MAX_UPLOAD_BYTES)} here.",
            status=413,
            max_bytes=settings.NEXUS_MAX_UPLOAD_BYTES,
        )
    part_size = part_size_for(size)
    upload = Upload(
        owner=owner,
        filename=clean_filename(filename),
        size=size,
        part_size=part_size,
        part_count=math.ceil(size / part_size),
        sha256=sha256.lower(),
        source_type=source_type,
        source_url=source_url,
        expires_at=_expiry(),
    )
    with transaction.atomic():
        quota.reserve(user=owner, size=size)
        _require_not_suspended(owner)  # once more: what suspends them waits for the same lock
        if Upload.objects.filter(owner=owner, state__in=quota.LIVE).count() >= OPEN_AT_ONCE:
            raise Problem(
                "too-many-uploads",
                "Too many uploads are unfinished. Finish or cancel some of them first.",
                status=409,
            )
        require_room(size)
        # Inside, so that a row always has its place; a place without a row is swept.
        with disk_full_is_said():
            upload.storage_ref = get_storage().begin(place_of(upload))
        faults.point("upload:begin")
        upload.save()
    return upload


def _require_not_suspended(owner: Any) -> None:
    if any(rule(owner) for rule in _suspended):
        sentence = "Your uploads are suspended. “Decisions” in your account says why."
        raise Problem("uploads-suspended", sentence, status=403)


def find(*, upload_id: UUID, owner: Any) -> Upload:
    """Return a person's own upload. Raises Problem `not-found`."""
    upload = Upload.objects.filter(pk=upload_id, owner=owner).first()
    if upload is None:
        raise Problem("not-found", "There is no such upload of yours.", status=404)
    return upload


def learn_hash(*, upload: Upload, sha256: str) -> Upload:
    """Write down what the sender says its bytes hash to; only ever compared with one's own.

    Raises Problem `upload-closed`, `upload-expired`.
    """
    require_open(upload)
    upload.sha256 = sha256.lower()
    Upload.objects.filter(pk=upload.pk, state=State.OPEN).update(sha256=upload.sha256)
    return upload


def sign(*, upload: Upload, numbers: Sequence[int]) -> list[Address]:
    """Return where to send these parts. It is a sign of life: the upload expires later.

    Raises Problem `upload-closed`, `upload-expired`, `part-number-wrong`.
    """
    require_open(upload)
    storage, place = get_storage(), place_of(upload)
    if wrong := [number for number in numbers if not 1 <= number <= upload.part_count]:
        raise Problem(
            "part-number-wrong",
            f"This upload has the parts 1 to {upload.part_count}.",
            numbers=wrong,
        )
    life = min(ADDRESS_LIFE, max(upload.expires_at - timezone.now(), timedelta(seconds=1)))
    addresses = [storage.address(place, n, size_of(upload, n), life) for n in numbers]
    if upload.expires_at < _expiry() - timedelta(hours=1):
        Upload.objects.filter(pk=upload.pk, state=State.OPEN).update(expires_at=_expiry())
    return addresses


def arrived(upload: Upload) -> Sequence[Part]:
    """Return the parts that are there; the storage knows, not the row."""
    return get_storage().parts(place_of(upload))


def abort(*, upload: Upload) -> None:
    """End an upload and remove what has arrived; again and again does no harm.

    Raises Problem `upload-closed` when it was completed.
    """
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(pk=upload.pk)
        if row.state == State.COMPLETED:
            require_open(row)
        discard(row)
        row.state = State.ABORTED if row.state in quota.LIVE else row.state
        row.save(update_fields=["state"])


def discard(upload: Upload) -> None:
    """Remove the bytes of a locked upload that no asset names."""
    storage, place = get_storage(), place_of(upload)
    storage.drop(place)
    if not Asset.objects.filter(key=place.key).exists():
        storage.delete(place.key)


def state_of(upload: Upload) -> str:
    """Return the state; an upload past its time has expired before the sweep says so."""
    late = upload.state in quota.LIVE and upload.expires_at < timezone.now()
    return State.EXPIRED if late else upload.state


def require_open(upload: Upload) -> None:
    """Raise the Problem that says why this upload takes nothing any more."""
    if state_of(upload) == State.EXPIRED:
        raise Problem(
            "upload-expired",
            "This upload was left alone for too long and has expired. Begin again.",
            status=410,
        )
    if upload.state == State.OPEN:
        return
    sentences = {
        State.COMPLETING: "This upload is being completed and takes no more parts.",
        State.COMPLETED: "This upload is complete.",
        State.ABORTED: "This upload was cancelled.",
    }
    raise Problem("upload-closed", sentences[State(upload.state)], status=409, state=upload.state)


def part_size_for(size: int) -> int:
    """Return the size of a part in bytes: whole MiB, always inside S3's limits."""
    return max(PART_MIN_BYTES, math.ceil(size / PARTS_AIMED_AT / MIB) * MIB)


def size_of(upload: Upload, number: int) -> int:
    """Return how many bytes part `number` has; the last one has the rest."""
    return min(upload.part_size, upload.size - (number - 1) * upload.part_size)


def place_of(upload: Upload) -> Place:
    """Return where the bytes go. The asset to be has the upload's id: a second try finds it."""
    ending = re.fullmatch(r".*\.([a-z0-9]{1,8})", upload.filename.lower(), re.ASCII | re.DOTALL)
    extension = ending.group(1) if ending else "bin"
    return Place(str(upload.pk), f"originals/{upload.pk}.{extension}", upload.storage_ref)


def clean_filename(name: str) -> str:
    """Return a name fit to be shown: no folders, on one line, at most 255 letters."""
    name = one_line(re.split(r"[/\\]", name)[-1])
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:FILENAME_LONGEST] or "untitled"
    return f"{stem[: FILENAME_LONGEST - len(extension) - 1]}.{extension}"


def _expiry() -> Any:
    return timezone.now() + timedelta(days=settings.NEXUS_UPLOAD_EXPIRY_DAYS)


def _gib(size: int) -> str:
    return f"{size / 1024**3:.3g} GB"

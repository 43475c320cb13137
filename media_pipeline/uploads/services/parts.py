"""One part of an upload, from the wire to the disk."""

from typing import BinaryIO

from config.lib.problems import Problem
from media_pipeline.free_space import disk_full_is_said, require_space
from media_pipeline.models import Upload
from media_pipeline.storage import ClosedError, Part, PartsBusyError, get_storage
from media_pipeline.storage.disk import DiskStorage
from media_pipeline.storage.part_addresses import Capability, check_size
from media_pipeline.uploads.services.uploads import place_of, require_open


def receive(*, allowed: Capability, source: BinaryIO, length: int | None) -> Part:
    """Store what `allowed` says; the part is on the disk when this returns.

    `length` is what the headers promise. Raises Problem `length-required`, `part-size-wrong`,
    `not-found`, `upload-closed`, `upload-expired`, `part-in-flight`, `part-incomplete`,
    `storage-full`.
    """
    check_size(allowed, length)
    upload = Upload.objects.filter(pk=allowed.upload).first()
    storage = get_storage()
    if upload is None or not isinstance(storage, DiskStorage):
        raise Problem("not-found", "There is no such upload.", status=404)
    require_open(upload)
    require_space(allowed.size)
    try:
        with disk_full_is_said():
            return storage.receive(
                place_of(upload),
                allowed.number,
                source=source,
                offset=(allowed.number - 1) * upload.part_size,
                size=allowed.size,
            )
    except ClosedError:
        upload.refresh_from_db(fields=["state"])
        require_open(upload)
        raise Problem("upload-closed", "This upload takes no more parts.", status=409) from None
    except PartsBusyError:
        raise Problem(
            "part-in-flight", "This part is being received already. Wait a moment.", status=409
        ) from None
    except EOFError:
        raise Problem("part-incomplete", "The part ended too early. Send it again.") from None

"""The end of an upload: the parts become an original that has a name."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models.functions import Now

from config.lib.problems import Problem
from media_pipeline import faults
from media_pipeline.models import Asset, Media, Upload
from media_pipeline.models.asset import Source
from media_pipeline.storage import Part, PartsBusyError, get_storage
from media_pipeline.uploads.services import duplicates
from media_pipeline.uploads.services.uploads import discard, place_of, require_open, size_of

State = Upload.State
BROUGHT = {Source.ADDRESS, Source.IMPORT}  # from elsewhere, at a moment that is kept


@contextmanager
def completing(*, upload: Upload, etags: dict[int, str], copy: bool = False) -> Iterator[Upload]:
    """Close the door, make the original of the parts, and lend the transaction that names it.

    Yields the locked upload: in state `completing`, for the caller to `name`; or in state
    `completed`, as it was left before. A process killed at any point leaves something that the
    same call finishes. With `copy` no parts are needed: the caller names the upload after an
    original of the same bytes. Raises Problem `parts-missing`, `etag-mismatch`, `parts-in-flight`,
    `upload-closed`, `upload-expired`.
    """
    _close_door(upload)
    try:
        with transaction.atomic():
            row = Upload.objects.select_for_update().get(pk=upload.pk)
            if row.state != State.COMPLETED:
                if row.state != State.COMPLETING:  # another call has opened the door again
                    require_open(row)
                    raise Problem("parts-in-flight", "Complete it once more.", status=409)
                if not copy:
                    _assemble(row, etags)
            yield row
    except Problem:  # what is missing may still be sent
        Upload.objects.filter(pk=upload.pk, state=State.COMPLETING).update(state=State.OPEN)
        raise


def name(upload: Upload, *, copy: bool = False) -> Media:
    """Give the original of a completing upload its asset and its media; on commit, tidy up.

    With `copy` the asset shares the bytes of the same person's same original: stored once. Raises
    Problem `not-known` where there is none.
    """
    same = duplicates.same_original(upload) if copy else None
    asset = Asset.objects.create(
        id=upload.pk,
        owner_id=upload.owner_id,
        bucket=get_storage().bucket,
        key=same.key if same else place_of(upload).key,
        filename=upload.filename,
        size_bytes=upload.size,
        source_type=upload.source_type,
        source_url=upload.source_url,
        imported_at=Now() if upload.source_type in BROUGHT else None,
    )
    upload.asset, upload.state = asset, State.COMPLETED
    upload.save(update_fields=["asset", "state"])
    transaction.on_commit(lambda: discard(upload) if same else _tidy(upload))
    return Media.objects.create(asset=asset)


def _close_door(upload: Upload) -> None:
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(pk=upload.pk)
        if row.state == State.OPEN:
            require_open(row)
            row.state = State.COMPLETING
            row.save(update_fields=["state"])
        elif row.state not in {State.COMPLETING, State.COMPLETED}:
            require_open(row)
    faults.point("upload:closing")


def _assemble(upload: Upload, etags: dict[int, str]) -> None:
    storage, place = get_storage(), place_of(upload)
    if any(not etag for etag in etags.values()):
        here = {part.number: part.etag for part in storage.parts(place)}
        etags = {n: etag or here.get(n, "") for n, etag in etags.items()}
    expected = [
        Part(n, size_of(upload, n), etags.get(n, "")) for n in range(1, upload.part_count + 1)
    ]
    if strange := sorted(set(etags) - {part.number for part in expected}):
        raise Problem(
            "part-number-wrong",
            f"This upload has the parts 1 to {upload.part_count}.",
            numbers=strange,
        )
    try:
        if storage.assemble(place, expected):
            return
    except PartsBusyError:
        raise Problem(
            "parts-in-flight", "A part is still arriving. Complete again in a moment.", status=409
        ) from None
    present = {part.number: part for part in storage.parts(place)}
    missing = [part.number for part in expected if part.number not in present]
    missing += [part.number for part in expected if part.number not in {*missing, *etags}]
    if missing:
        raise Problem(
            "parts-missing",
            f"{len(missing)} of {upload.part_count} parts have not arrived. Send them first.",
            status=409,
            numbers=sorted(missing),
        )
    if wrong := [part.number for part in expected if present[part.number].size != part.size]:
        raise Problem(
            "part-size-wrong",
            "Some parts arrived with another size than they must have. Send them again.",
            status=409,
            numbers=wrong,
        )
    raise Problem(
        "etag-mismatch",
        "Some parts arrived with other bytes than those named. Send them again.",
        status=409,
        numbers=[part.number for part in expected if present[part.number] != part],
    )


def _tidy(upload: Upload) -> None:
    faults.point("upload:commit")
    get_storage().forget(place_of(upload))

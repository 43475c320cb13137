"""Notes go on to the next version: each to the moment where its passage is now.

A `CarryOver` row says that the open notes of the version before belong on this one too. It is done
once; a note written on an older version later on makes it due again, and doing it again adds only
what is missing.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from config.lib import kept_pages
from config.lib.live import announce
from media_pipeline.jobs.services import jobs
from media_pipeline.processing.services.alignment import align_assets
from media_pipeline.steps.alignment import Alignment
from social.models import CarryOver, Note, Placement
from tracks.models import TrackVersion

KIND = "carry-notes"
Status = TrackVersion.Status


def expect(*, asset_id: UUID) -> None:
    """Note, for each version of an asset that has become ready, that notes are to come over."""
    for version in TrackVersion.objects.filter(media__asset_id=asset_id, number__gt=1):
        _begin(version)


def due_again(*, note: Note) -> None:
    """Let a note that was written or reopened on an older version reach the later ones."""
    later = CarryOver.objects.filter(
        version__track_id=note.track_id, version__number__gt=note.version.number
    )
    _due(later)


def due_after(*, version: TrackVersion) -> None:
    """Let the notes of a version that is shown again reach the later ones."""
    later = CarryOver.objects.filter(
        version__track_id=version.track_id, version__number__gt=version.number
    )
    _due(later)


def _due(rows: QuerySet[CarryOver]) -> None:
    for row in rows.select_related("version").order_by("version__number"):
        CarryOver.objects.filter(pk=row.pk).update(done_at=None)
        jobs.enqueue(KIND, subject=row.version)


def sweep() -> None:
    """Begin and go on with what a lost signal left undone; comes round."""
    ready = TrackVersion.objects.filter(number__gt=1, status=Status.READY, carry_over=None)
    for version in ready[:100]:
        _begin(version)
    for row in CarryOver.objects.filter(done_at=None).select_related("version"):
        jobs.enqueue(KIND, subject=row.version)


@transaction.atomic
def carry(*, version_id: UUID) -> int:
    """Place the open notes of the version before on this one; returns how many were new here.

    A note whose passage is gone stands where it was cut out and says so. Safe at any time.
    """
    rows = CarryOver.objects.select_for_update(skip_locked=True, of=("self",))
    row = rows.filter(version_id=version_id, done_at=None).select_related("version__track").first()
    if row is None:
        return 0
    waiting = list(_waiting(row))
    if waiting:
        _place(row, waiting)
    CarryOver.objects.filter(pk=row.pk).update(done_at=timezone.now())
    if waiting:
        kept_pages.forget(f"track:{row.version.track_id}")
        track_id = row.version.track_id
        transaction.on_commit(lambda: announce(f"notes-{track_id}", "notes.changed"))
    return len(waiting)


def _begin(version: TrackVersion) -> None:
    """Make the row and wake a worker; later versions stay as they are."""
    before = version.track.versions.filter(number__lt=version.number, status=Status.READY)
    source = before.order_by("-number").first()
    if source is None:
        return
    with transaction.atomic():
        _, is_new = CarryOver.objects.get_or_create(version=version, defaults={"source": source})
        if is_new:
            jobs.enqueue(KIND, subject=version)


def _waiting(row: CarryOver) -> QuerySet[Placement]:
    """Return where the open notes stand that have no place in this version yet.

    What stands in hidden versions only stays there: it would be told to everybody here.
    """
    placed = Placement.objects.filter(version=row.version).values("note")
    shown = Placement.objects.filter(note=OuterRef("note"), version__hidden_at=None)
    return (
        Placement.objects.filter(version=row.source, note__removed_at=None)
        .filter(note__resolution=None, note__parent=None)
        .filter(Exists(shown))
        .exclude(note__in=placed)
        .order_by("at_ms")
    )


def _place(row: CarryOver, waiting: list[Placement]) -> None:
    assets: Any = [
        TrackVersion.objects.select_related("media__asset").get(pk=pk).media.asset
        for pk in (row.source_id, row.version_id)
    ]
    alignment = align_assets(*assets)
    placed = [_carried(row, placement, alignment) for placement in waiting]
    Placement.objects.bulk_create(placed, ignore_conflicts=True)
    CarryOver.objects.filter(pk=row.pk).update(
        moved=F("moved") + len(placed),
        changed=F("changed") + sum(one.changed and not one.lost for one in placed),
        lost=F("lost") + sum(one.lost for one in placed),
    )


def _carried(row: CarryOver, old: Placement, alignment: Alignment) -> Placement:
    begin = alignment.place(old.at_ms / 1000)
    end = alignment.place(old.until_ms / 1000) if old.until_ms else None
    at_ms = round(begin.at * 1000)
    until_ms = max(at_ms + 1, round(end.at * 1000)) if end else None
    lost = old.lost or (begin.lost and (end is None or end.lost))
    ending = old.until_ms / 1000 if old.until_ms else None
    return Placement(
        note_id=old.note_id,
        version=row.version,
        at_ms=at_ms,
        until_ms=until_ms,
        carried_from=row.source,
        confidence=begin.confidence,
        lost=lost,
        changed=lost or alignment.is_changed(old.at_ms / 1000, ending),
    )

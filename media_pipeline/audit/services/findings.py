"""Writing down what was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from media_pipeline.models import StorageFinding


@dataclass(frozen=True)
class Found:
    """One key that is not as the rows say; `size` in bytes, 0 where nothing is there."""

    key: str
    asset_id: UUID | None = None
    size: int = 0


def record(kind: StorageFinding.Kind, found: Iterable[Found], now: datetime | None = None) -> None:
    """Write these down; those that are known were seen once more, `now`."""
    now = now or timezone.now()
    rows = {
        each.key: StorageFinding(
            kind=kind, key=each.key, size=each.size, asset_id=each.asset_id, seen_at=now
        )
        for each in found
    }
    StorageFinding.objects.bulk_create(
        [rows[key] for key in sorted(rows)],  # in one order: two at once wait for each other
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["size", "asset_id", "seen_at"],
    )

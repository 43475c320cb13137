"""How much there is of each kind, and how much is amiss."""

from datetime import datetime
from typing import TypedDict

from media_pipeline.audit import registry, selectors
from media_pipeline.models import StorageFinding, StorageTally


class KindRow(TypedDict):
    """One kind of file: how many, how many bytes, and their share of all in percent."""

    kind: str
    label: str
    files: int
    bytes: int
    percent: float


class StorageOverview(TypedDict):
    """The storage when it was counted last; None, and no rows, before the first time."""

    counted_at: datetime | None
    files: int
    bytes: int
    kinds: list[KindRow]
    findings: dict[str, int]


def overview() -> StorageOverview:
    """Return bytes by kind and findings by kind. Two queries."""
    tallies = {tally.kind: tally for tally in StorageTally.objects.all()}
    total = sum(tally.bytes for tally in tallies.values())
    labels = registry.labels()
    rows: list[KindRow] = [
        {
            "kind": kind,
            "label": label,
            "files": tallies[kind].files,
            "bytes": tallies[kind].bytes,
            "percent": round(100 * tallies[kind].bytes / total, 1) if total else 0.0,
        }
        for kind, label in labels.items()
        if kind in tallies
    ]
    found = selectors.counts()
    return {
        "counted_at": max((tally.counted_at for tally in tallies.values()), default=None),
        "files": sum(tally.files for tally in tallies.values()),
        "bytes": total,
        "kinds": rows,
        "findings": {kind: found.get(kind, 0) for kind in StorageFinding.Kind.values},
    }

"""One's own same bytes again: recognised before they are sent, and never stored twice.

A hash that somebody claims opens nothing of anybody else's: only originals of the same owner count,
and only by the hash that Nexus has computed from their bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from config.lib.problems import Problem
from media_pipeline.locks import lock
from media_pipeline.models import Asset, Upload
from media_pipeline.storage import get_storage

REFERENCES_MAX = 5


@dataclass(frozen=True)
class Reference:
    """What an original is already, for its owner: "v2 of Song", and where that is."""

    name: str
    url: str


Finder = Callable[[Sequence[UUID]], list[Reference]]
_finders: list[Finder] = []


def finds_references(finder: Finder) -> Finder:
    """Register what upper rooms know of assets: ids → what each is used as."""
    _finders.append(finder)
    return finder


def hash_wanted(upload: Upload) -> bool:
    """Tell whether a hash would help: it is not known, and an own original has the same size."""
    return not upload.sha256 and _verified(upload.owner_id, upload.size).exists()


def references_of_same(upload: Upload) -> list[Reference]:
    """Return what the same bytes of this person are already; nothing without a hash."""
    if not upload.sha256:
        return []
    same = list(_same(upload).values_list("pk", flat=True)[:REFERENCES_MAX])
    return [reference for finder in _finders for reference in finder(same)] if same else []


def same_original(upload: Upload) -> Asset:
    """Return an own original of these bytes, and keep it from being deleted meanwhile.

    Needs a transaction. Raises Problem `not-known`.
    """
    for asset in _same(upload)[:REFERENCES_MAX]:
        lock(f"key:{asset.key}")
        if Asset.objects.filter(key=asset.key).exists() and get_storage().exists(asset.key):
            return asset
    raise Problem("not-known", "You have no file with these bytes any more. Send it.", status=409)


def _same(upload: Upload) -> QuerySet[Asset]:
    verified = _verified(upload.owner_id, upload.size)
    return verified.filter(sha256=upload.sha256).exclude(sha256="").order_by("-created_at")


def _verified(owner_id: Any, size: int) -> QuerySet[Asset]:
    return Asset.objects.filter(owner_id=owner_id, size_bytes=size).exclude(sha256="")

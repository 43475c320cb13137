"""How much room each person has, and how much of it is taken."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Sum

from config.lib.problems import Problem
from media_pipeline.locks import lock
from media_pipeline.models import Asset, StorageQuota, Upload

LIVE = [Upload.State.OPEN, Upload.State.COMPLETING]


@dataclass(frozen=True)
class Quota:
    """Bytes a person may keep, and bytes that are kept or promised to uploads under way."""

    total: int
    used: int

    @property
    def left(self) -> int:
        """Bytes that still fit."""
        return max(0, self.total - self.used)


def quota_of(user: Any) -> Quota:
    """Return a person's room: a limit of their own, else NEXUS_QUOTA_BYTES."""
    own = StorageQuota.objects.filter(user=user).values_list("bytes", flat=True).first()
    kept = Asset.objects.filter(owner=user).aggregate(sum=Sum("size_bytes"))["sum"]
    promised = Upload.objects.filter(owner=user, state__in=LIVE).aggregate(sum=Sum("size"))["sum"]
    total = settings.NEXUS_QUOTA_BYTES if own is None else own
    return Quota(total, (kept or 0) + (promised or 0))


def take_turns(user: Any) -> None:
    """Let nothing else begin or end this person's uploads until the transaction is over."""
    lock(f"quota:{user.pk}")


def reserve(*, user: Any, size: int) -> None:
    """Make sure that `size` more bytes fit; needs a transaction, which then adds the upload.

    Two uploads begun at once take turns. Raises Problem `quota-exceeded`.
    """
    take_turns(user)
    room = quota_of(user)
    if size > room.left:
        raise Problem(
            "quota-exceeded",
            "There is not enough room left for this file. Delete something, or ask for more.",
            status=413,
            size=size,
            quota_left=room.left,
        )

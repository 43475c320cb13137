"""What delivery must know of a media id, kept for half a minute."""

from typing import Any, NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db.models import Case, When

from media_pipeline.delivery import covers, mining
from media_pipeline.models import Media

COLUMNS = ("epoch", "asset_id", "asset__attempt", "asset__extras_attempt")
KEPT_SECONDS = 30  # the longest a revoked signature can live on, should the cache lose its end


class Record(NamedTuple):
    """The revocation epoch of a media id and the asset behind it."""

    epoch: int
    asset: UUID
    attempt: str
    extras_attempt: str
    is_covered: bool = False  # its cover is shown to nobody
    is_reserved: bool = True  # no mining of it without asking

    def has(self, scope: str, attempt: str, path: str) -> bool:
        """Tell whether this scope may reach `path` of this attempt.

        Each job's directory has a master of its own: the ordinary scope must not read the lossless
        one, nor the other way round. Older attempts stay open until their signatures have ended.
        """
        if attempt == self.extras_attempt != self.attempt and scope == "std":
            return path in {"mp3_320.mp3", "waveform.json"}
        return not (attempt == self.attempt != self.extras_attempt and scope == "lossless")


def find(media: UUID) -> Record | None:
    """Return the record of a media id, from the cache if it is there; None when unknown."""
    key = Media.cache_key(media)
    kept: tuple[Any, ...] | None = cache.get(key)
    if not kept:
        kept = (
            Media.objects.filter(pk=media)
            .annotate(is_covered=Case(When(covers.hidden(), then=True), default=False))
            .annotate(is_reserved=mining.told())
            .values_list(*COLUMNS, "is_covered", "is_reserved")
            .first()
        )
        if kept is None:
            return None
        cache.add(key, kept, KEPT_SECONDS)  # not where its epoch is changing just now
    return Record(*kept)

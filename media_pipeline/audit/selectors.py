"""Which keys the rows name, and which keys must be there for them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from media_pipeline.audit import rules
from media_pipeline.models import (
    Artwork,
    Asset,
    Job,
    Removal,
    Rendition,
    StorageFinding,
    Upload,
    Waveform,
)
from media_pipeline.processing.services.visuals import FILM, PICTURE, key_of
from media_pipeline.uploads.services.quota import LIVE

Kind = StorageFinding.Kind


def named(keys: Collection[str]) -> set[str]:
    """Return those of these keys that a row names, or that something under way may write.

    A fixed number of queries, in the order in which rows hand a key on: an upload under way, its
    asset, its removal. What moves on between two of them is seen by the later one.
    """
    places = {key: rules.classify(key) for key in keys}
    ids = {id for _, id in places.values() if id}
    arriving = _of(Upload.objects.filter(pk__in=ids, state__in=LIVE), "pk")
    named = _of(Asset.objects.filter(key__in=places), "key")
    attempts = _attempts({id for kind, id in places.values() if id and kind == rules.RENDITIONS})
    assets = _of(Asset.objects.filter(pk__in=ids), "pk")
    going = _of(Removal.objects.filter(asset_id__in=ids), "asset_id")
    named |= _of(Removal.objects.filter(original_key__in=places), "original_key")

    def is_known(key: str, kind: str, id: UUID | None) -> bool:
        if id is None:
            return False
        match kind:
            case rules.ORIGINALS:
                return id in arriving or id in going
            case rules.UPLOADS:
                return id in arriving
            case rules.RENDITIONS:
                return id in going or (id, rules.attempt_of(key)) in attempts
            case _:
                return id in assets or id in going

    return named | {key for key, place in places.items() if is_known(key, *place)}


def _of(rows: QuerySet[Any], field: str) -> set[Any]:
    return set(rows.order_by().values_list(field, flat=True))


def _attempts(ids: set[UUID]) -> set[tuple[UUID, str]]:
    """Return the attempts of these assets whose files somebody hears, writes or will sweep."""
    found = set(Rendition.objects.filter(asset__in=ids).values_list("asset_id", "attempt"))
    for asset in Asset.objects.filter(pk__in=ids).only("attempt", "extras_attempt"):
        found |= {(asset.pk, asset.attempt), (asset.pk, asset.extras_attempt)}
    jobs = Job.objects.filter(asset__in=ids)
    for asset_id, attempt, left in jobs.values_list("asset_id", "attempt_key", "left_attempts"):
        if asset_id:
            found |= {(asset_id, each) for each in (attempt, *left)}
    return {(id, attempt) for id, attempt in found if attempt}


def expected(ids: Collection[UUID]) -> dict[str, UUID]:
    """Return the keys that must be there for these assets, and whose each is. Four queries.

    Of an asset that is not published yet, only its original.
    """
    found: dict[str, UUID] = {}
    for asset in Asset.objects.filter(pk__in=ids).only("key", "mime", "ready_at").order_by("pk"):
        found.setdefault(asset.key, asset.pk)
        if asset.ready_at and asset.mime in {PICTURE, FILM}:
            found[key_of(asset, asset.mime)] = asset.pk
    ready = Rendition.objects.filter(asset__in=ids, status=Rendition.Status.READY)
    rows = ready.exclude(asset__playable_at=None).values_list("asset_id", "attempt", "path")
    found |= {f"{Asset(pk=id).prefix_of(attempt)}/{path}": id for id, attempt, path in rows}
    for model, fields in (
        (Waveform, ["json_key", "png_key", "spectral_key"]),
        (Artwork, ["full_key", "thumb_key"]),
    ):
        published = model._default_manager.filter(asset__in=ids).exclude(asset__ready_at=None)
        for id, *keys in published.values_list("asset_id", *fields):
            found |= {key: id for key in keys if key}
    return found


def counts() -> dict[str, int]:
    """Return how many findings there are of each kind that has any. One query."""
    rows = StorageFinding.objects.order_by().values("kind").annotate(count=Count("pk"))
    return {row["kind"]: row["count"] for row in rows}


def ripe() -> QuerySet[StorageFinding]:
    """Return the orphans that were seen twice, at least a day apart."""
    orphans = StorageFinding.objects.filter(kind=Kind.ORPHAN)
    return orphans.filter(seen_at__gte=F("found_at") + rules.DELETED_AFTER)


def due_for_scrub(before: datetime) -> QuerySet[Asset]:
    """Return assets whose original was not read since `before`, the one longest ago first.

    What is missing cannot be read, and what was never hashed cannot be compared.
    """
    missing = StorageFinding.objects.filter(kind=Kind.MISSING).values("key")
    unread = Q(checked_at=None) | Q(checked_at__lt=before)
    found = Asset.objects.filter(unread).exclude(sha256="").exclude(key__in=missing)
    return found.order_by(F("checked_at").asc(nulls_first=True), "pk")

"""Finding the archives somebody has had made, and the jobs that make them."""

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from media_pipeline.models import Asset, Job
from social.models import Export, User

KIND = "exports.make"
LISTED = 20


def exports_of(person: User) -> QuerySet[Export]:
    """Return what of this person's can be fetched, is being made or has failed, newest first."""
    kept = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    return Export.objects.filter(kept, user=person).order_by("-created_at", "-pk")


def ready_export(person: User, export_id: UUID) -> Export | None:
    """Return an archive of this person's that can be fetched."""
    return exports_of(person).filter(pk=export_id).exclude(key="").first()


def jobs_of(exports: list[Export]) -> dict[str, Job]:
    """Return the newest job of each of these, by the export's id; one query."""
    ids = [str(export.pk) for export in exports]
    rows = Job.objects.filter(kind=KIND, subject_type=Export._meta.label, subject_id__in=ids)
    return {job.subject_id: job for job in rows.order_by("created_at")}


def is_under_way(person: User) -> bool:
    """Tell whether an archive of this person is being made, or waits for it."""
    unfinished = list(Export.objects.filter(user=person, key=""))
    return any(job.is_live for job in jobs_of(unfinished).values())


def bytes_of(person: User) -> int:
    """Return how many bytes this person's originals have together."""
    found = Asset.objects.filter(owner=person).aggregate(sum=Sum("size_bytes"))["sum"]
    return int(found or 0)


def known_keys(keys: Iterable[str]) -> set[str]:
    """Return those of these keys of the storage that are somebody's archive, or will be."""
    ids = {}
    for key in keys:
        with suppress(ValueError):
            ids[UUID(key.removeprefix("exports/").removesuffix(".zip"))] = key
    found = Export.objects.filter(pk__in=ids).values_list("pk", flat=True)
    return {ids[pk] for pk in found}

"""Finding decisions, by whom they touch or by their key."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from config.lib.paging import read_id_cursor
from media_pipeline.models import Job
from media_pipeline.processing.services.muting import stuck
from moderation.decisions.limited import through_release
from moderation.models import Appeal, Decision, Scope
from social.models import ArtistPicture
from tracks.models import Stem, TrackVersion, TrackVisual

PARTS = [Scope.WORDS, Scope.LYRICS]
TOLD = ~Q(kind=Decision.Kind.NO_ACTION)


@dataclass(frozen=True)
class Making:
    """How far it is that a version is made again: `made`, `waiting`, `stuck`; why, if it is."""

    state: str
    percent: int = 0
    error: str = ""


MADE = Making("made")


def decisions_of(person: Any, before: str = "") -> Any:
    """Return what was decided about somebody's things, newest first; two queries."""
    rows = Decision.objects.filter(TOLD, person=person.pk).order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    return with_appeals(rows)


def with_appeals(rows: Any) -> Any:
    """Carry what undid each, its strike, and the appeals of whom it touches."""
    own = Appeal.objects.filter(by_reporter=False).order_by("pk")
    return rows.select_related("undone_by", "undoes", "strike").prefetch_related(
        Prefetch("appeals", own, to_attr="own_appeals")
    )


def opened_by_key(key: str) -> Decision | None:
    """Return the decision whose page this key opens, for whom it touches, signed in or not."""
    found = with_appeals(Decision.objects.filter(TOLD, key=key)).select_related("person")
    row: Decision | None = found.first()
    return row


def words_hidden_by(thing: Any) -> list[Decision]:
    """Return the newest decision in force about each part of a thing’s words. One query."""
    rows = Decision.objects.in_force().filter(scope__in=PARTS, target_id=thing.pk)
    return list(rows.order_by("scope", "-pk").distinct("scope"))


def listed_by(collection: Any) -> Decision | None:
    """Return the newest decision in force about a release or a playlist itself. One query."""
    rows = Decision.objects.in_force().filter(scope=collection._meta.model_name)
    return rows.filter(target_id=collection.pk).order_by("-pk").first()


def picture_hidden_of(person: Any) -> Decision | None:
    """Return the newest decision in force about a picture of somebody’s page. One query."""
    rows = Decision.objects.in_force().filter(scope=Scope.PICTURE, person=person.pk)
    there = rows.filter(target_id__in=ArtistPicture.objects.filter(user=person.pk).values("pk"))
    return there.order_by("-pk").first()


def closed_by(track: Any) -> Decision | None:
    """Return the newest decision in force about a track, or about what of it or around it tells."""
    version = track.primary_version
    about = Q(scope=Scope.TRACK, target_id=track.pk)
    about |= Q(scope__in=[Scope.VERSION, Scope.MOMENT], target_id=track.primary_version_id)
    covers = [key for key in (track.cover_id, version and version.media_id) if key]
    about |= Q(scope=Scope.COVER, target_id__in=covers) | through_release(track)
    visuals = TrackVisual.objects.filter(track=track.pk)
    about |= Q(scope=Scope.VISUAL, target_id__in=visuals.values("pk"))
    return Decision.objects.in_force().filter(about).order_by("-pk").first()


def carry_making(rows: Iterable[Any]) -> None:
    """Let what is decided about a moment carry as `making` how far its version is; three queries.

    None for all else; no query where nothing is about a moment.
    """
    found = list(rows)
    keys = {row.target_id for row in found if row.scope == Scope.MOMENT}
    makings = _makings(keys) if keys else {}
    for row in found:
        row.making = makings.get(row.target_id) if row.scope == Scope.MOMENT else None


def stuck_moments() -> Any:
    """Return the decisions about moments whose version could not be made again."""
    broken = stuck()
    own = Exists(broken.filter(media=OuterRef("media")))
    stems = Exists(Stem.objects.filter(version=OuterRef("pk"), media__asset__in=broken))
    versions = TrackVersion.objects.filter(own | stems, pk=OuterRef("target_id"))
    return Decision.objects.filter(Exists(versions), scope=Scope.MOMENT)


def _makings(versions: set[Any]) -> dict[Any, Making]:
    """Return how far each version is: as far as the one of its assets that is worst."""
    own = TrackVersion.objects.filter(pk__in=versions).values_list("pk", "media__asset")
    stems = Stem.objects.filter(version__in=versions).values_list("version", "media__asset")
    pairs = [*own, *stems]
    jobs = Job.objects.filter(asset__in={asset for _, asset in pairs}, kind=Job.Kind.PROCESS)
    newest = jobs.select_related("asset").order_by("asset", "-pk").distinct("asset")
    by_asset = {job.asset_id: _making(job) for job in newest.defer("stderr_tail")}
    found: dict[Any, Making] = {}
    for version, asset in pairs:
        making = by_asset.get(asset, MADE)
        found[version] = min(found.get(version, MADE), making, key=_badness)
    return found


def _making(job: Job) -> Making:
    if job.file.ready_at:
        return MADE
    return Making("stuck" if job.can_retry else "waiting", job.progress, job.error)


def _badness(making: Making) -> tuple[int, int]:
    return ["stuck", "waiting", "made"].index(making.state), making.percent

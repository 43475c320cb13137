"""Finding decisions, by whom they touch or by their key."""

from typing import Any

from django.db.models import Prefetch, Q

from config.lib.paging import read_id_cursor
from moderation.decisions.limited import through_release
from moderation.models import Appeal, Decision, Scope
from social.models import ArtistPicture
from tracks.models import TrackVisual

PARTS = [Scope.WORDS, Scope.LYRICS]
TOLD = ~Q(kind=Decision.Kind.NO_ACTION)


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

"""The tracks that rules choose, among those that whoever looks may open."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, Func, IntegerField, QuerySet, UUIDField, Value, When

from tracks.access import User
from tracks.criteria.language import Criteria
from tracks.findable import findable
from tracks.models import Track
from tracks.models.track import TrackQuerySet


def keys_of(criteria: Criteria, viewer: User) -> list[UUID]:
    """Return the keys of the tracks, in their order, at most as many as the rules allow.

    One query of keys alone: what cards need is read for those that are shown.
    """
    chosen = _chosen(criteria, viewer)
    return list(chosen.values_list("pk", flat=True)[: criteria.limit])


def _chosen(criteria: Criteria, viewer: User) -> TrackQuerySet:
    found = findable(Track.objects.visible_to(viewer)).filter(criteria.asked())
    return found.order_by(*criteria.order)


def firsts_of(
    lists: QuerySet[Any], chosen: Mapping[Any, Criteria], viewer: User, most: int
) -> dict[Any, list[UUID]]:
    """Return the keys of the first tracks that the rules of several lists choose, by the lists'.

    `chosen` has the rules by the keys of `lists`. One query, however many there are.
    """
    ways = []
    for key, criteria in chosen.items():
        rows = _chosen(criteria, viewer)
        few = rows.values("pk")[: min(most, criteria.limit or most)]
        ways.append(When(pk=key, then=ArraySubquery(few)))
    if not ways:
        return {}
    found = lists.filter(pk__in=chosen.keys()).order_by()
    keys = Case(*ways, output_field=ArrayField(UUIDField()))
    return dict(found.annotate(firsts=keys).values_list("pk", "firsts"))


def in_order(keys: Sequence[UUID], viewer: User) -> TrackQuerySet:
    """Return the tracks of these keys in the keys' order, as far as the viewer may open them."""
    places = Value(list(keys), output_field=ArrayField(UUIDField()))
    at = Func(places, F("pk"), function="array_position", output_field=IntegerField())
    return Track.objects.visible_to(viewer).filter(pk__in=keys).order_by(at)

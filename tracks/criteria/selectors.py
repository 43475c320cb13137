"""The tracks that rules choose, among those that whoever looks may open."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, IntegerField, UUIDField, Value

from tracks.access import User
from tracks.criteria.language import Criteria
from tracks.models import Track
from tracks.models.track import TrackQuerySet


def keys_of(criteria: Criteria, viewer: User) -> list[UUID]:
    """Return the keys of the tracks, in their order, at most as many as the rules allow.

    One query of keys alone: what cards need is read for those that are shown.
    """
    chosen = Track.objects.visible_to(viewer).filter(criteria.asked()).order_by(*criteria.order)
    return list(chosen.values_list("pk", flat=True)[: criteria.limit])


def in_order(keys: Sequence[UUID], viewer: User) -> TrackQuerySet:
    """Return the tracks of these keys in the keys' order, as far as the viewer may open them."""
    places = Value(list(keys), output_field=ArrayField(UUIDField()))
    at = Func(places, F("pk"), function="array_position", output_field=IntegerField())
    return Track.objects.visible_to(viewer).filter(pk__in=keys).order_by(at)

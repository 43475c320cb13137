"""What stands in a list and is not open to everybody, and whom that concerns."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef

from tracks import access
from tracks.collections.selectors import kind_of
from tracks.models import PlaylistItem, ReleaseTrack, Track
from tracks.models.collecting import CollectionQuerySet
from tracks.models.credit import credits_beside


def with_owners_of_closed(kind: str, rows: CollectionQuerySet) -> CollectionQuerySet:
    """Give each `closed_owners`: whose tracks stand in it that not everybody may open.

    They see more of it than others do. A release has its `credits_data`, too.
    """
    model: Any = ReleaseTrack if kind == "release" else PlaylistItem
    # Asked piece by piece: `NOT IN` would read all that is open first.
    opened = Track.objects.visible_to(AnonymousUser()).filter(pk=OuterRef("track"))
    closed = model.objects.filter(~Exists(opened), **{kind: OuterRef("pk")})
    owners: Any = ArraySubquery(closed.values("track__owner").distinct())
    beside: dict[str, Any] = {"closed_owners": owners}
    if kind == "release":
        beside["credits_data"] = credits_beside(release=OuterRef("pk"))
    found: CollectionQuerySet = rows.annotate(**beside)
    return found


def closed_inside(collection: Any) -> tuple[set[Any], set[Any]]:
    """Return the ids of what stands in it and is closed to others, and of whom that concerns.

    Its `closed_owners` must be there: where there are none, nothing is asked.
    """
    people, tracks = set(collection.closed_owners), set()
    if people:
        opened = Track.objects.visible_to(AnonymousUser()).filter(pk=OuterRef("pk"))
        kind = kind_of(collection)
        inside = Track.objects.filter(**{f"{kind}_items__{kind}": collection})
        asked = access.whom_it_concerns(OuterRef("pk"))
        names = {name: ArraySubquery(query) for name, query in asked.items()}
        closed = inside.filter(~Exists(opened)).annotate(**names)
        for track, *whom in closed.values_list("pk", *names):
            tracks.add(track)
            people.update(*whom)
    return tracks, people

"""How many tracks that everybody may find have a tag."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from config.lib import kept_pages
from media_pipeline.models import Event
from tracks import access
from tracks.findable import findable
from tracks.models import Tag, Track, TrackTag

ACCEPTED = TrackTag.State.ACCEPTED


def recount(tags: Iterable[UUID]) -> int:
    """Count these tags anew; returns how many were not right."""
    return _count(Tag.objects.filter(pk__in=list(tags)))


def recount_all() -> None:
    """Count every tag anew, for what nobody tells of. Comes round."""
    _count(Tag.objects.all())


@access.touched_by_denial
def recount_of(person: access.Person) -> None:
    """Count the tags of a person's music anew: it is for nobody now, or for everybody again."""
    named = TrackTag.objects.filter(track__owner_id=person.pk, state=ACCEPTED).order_by()
    recount(named.values_list("tag", flat=True).distinct())


def follow(event: Event) -> None:
    """Count the tags of a track anew that was published, closed, deleted or brought back."""
    track = UUID(event.subject.partition(":")[2])
    recount(TrackTag.objects.filter(track=track).values_list("tag", flat=True))


def _count(tags: QuerySet[Tag]) -> int:
    opened = findable(Track.objects.visible_to(AnonymousUser()))
    published = opened.published().order_by().values("pk")
    rows = TrackTag.objects.filter(tag=OuterRef("pk"), state=ACCEPTED, track__in=published)
    count = rows.order_by().values("tag").annotate(count=Count("pk")).values("count")
    counted = tags.annotate(now=Coalesce(Subquery(count), 0)).exclude(uses=F("now"))
    wrong = dict(counted.values_list("pk", "now"))
    for key, now in sorted(wrong.items()):  # two who count at once wait in one order
        Tag.objects.filter(pk=key).update(uses=now)
    if wrong:
        kept_pages.forget("tags", *(f"tag:{key}" for key in wrong))
    return len(wrong)

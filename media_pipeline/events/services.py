"""Telling what has happened, and reading it without missing any of it.

Numbers that a sequence gives at the insert are no order to read by: the one who took the lower
number may commit last. So an event is numbered after its commit, by whoever reads next, under the
lock of one row: whatever is committed by then and has no number gets the next ones.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection, models, transaction

from config.lib.kept import forget_rows
from media_pipeline.events.registry import KINDS
from media_pipeline.events.waking import wake_on_commit
from media_pipeline.models import Event, EventNumber, EventReader

# Who may hear of an event: everybody; whoever may open its subject by then; its owner; moderators.
PUBLIC, VIEWERS, OWNER, MODERATORS = "public", "viewers", "owner", "moderators"
AUDIENCES = {PUBLIC, VIEWERS, OWNER, MODERATORS}
KEPT = timedelta(days=30)
READ_AT_ONCE = 200
# Handled in one transaction: few, and not for long, as what one has locked waits for the others.
TOGETHER, TOGETHER_SECONDS = 25, 0.25
# The order in which they were told; those of one moment in the order of their ids.
NUMBERED = """
UPDATE media_pipeline_event AS event SET number = waiting.number
FROM (
    SELECT id, %s + row_number() OVER (ORDER BY created_at, id) AS number
    FROM media_pipeline_event WHERE number IS NULL
) AS waiting
WHERE event.id = waiting.id
"""

Handler = Callable[[Event], None]


class Told(NamedTuple):
    """What has happened to one row: whose deed it was, and the ids that come with it."""

    of: models.Model
    by: UUID | None
    data: dict[str, object]


def subject_of(row: models.Model) -> str:
    """Return how events, jobs and the sealed log name a row: `tracks.track:0192…`."""
    return f"{row._meta.label_lower}:{row.pk}"


def tell(
    kind: str,
    *,
    of: models.Model,
    by: UUID | None = None,
    audience: str = PUBLIC,
    **data: object,
) -> Event:
    """Write down that this has happened, in the caller's transaction; wake its readers on commit.

    Raises ValueError where kind or audience is unknown or the ids are not those it comes with.
    """
    (event,) = tell_each(kind, [Told(of, by, data)], audience=audience)
    return event


def tell_each(kind: str, told: Iterable[Told], *, audience: str = PUBLIC) -> list[Event]:
    """Write down that this has happened to each of these, as `tell` does; two queries and fewer.

    Raises ValueError as `tell` does, and then tells of none.
    """
    if audience not in AUDIENCES:
        raise ValueError(f"Nobody is the audience {audience!r}.")
    known = KINDS.get(kind)
    if known is None:
        raise ValueError(f"Nobody has registered the event {kind!r}.")
    events = []
    for of, by, data in told:
        if set(data) != set(known.data):
            raise ValueError(f"{kind} comes with {known.data}, not with {tuple(data)}.")
        ids = {name: str(value) for name, value in data.items()}
        subject = subject_of(of)
        events.append(Event(kind=kind, subject=subject, actor=by, audience=audience, data=ids))
    if events:
        Event.objects.bulk_create(events)
        wake_on_commit(kind)
    return events


def was_told(kind: str, of: models.Model) -> bool:
    """Return whether this has happened to it within the time in which events are kept."""
    return Event.objects.filter(kind=kind, subject=subject_of(of)).exists()


def forget_old(now: datetime, most: int) -> int:
    """Forget up to `most` events that are older than 30 days; return how many."""
    number_all()
    return forget_rows(Event.objects.filter(created_at__lt=now - KEPT), most)


def number_all() -> int:
    """Give numbers to what was committed since; return how many got one."""
    if not Event.objects.filter(number=None).exists():
        return 0
    with transaction.atomic():
        EventNumber.objects.get_or_create(pk=1)
        counter = EventNumber.objects.select_for_update().get(pk=1)
        with connection.cursor() as cursor:
            cursor.execute(NUMBERED, [counter.last])
            given = int(cursor.rowcount)
        EventNumber.objects.filter(pk=1).update(last=counter.last + given)
    return given


def read(reader: str, handle: Handler, *, most: int = READ_AT_ONCE) -> int:
    """Hand the next events to `handle`, in their order, each exactly once; return how many.

    Some are handled in one transaction with the step of the cursor: what handling writes is there
    if and only if it counts as read. Where handling raises, nothing of that event is kept, and
    reading stops before it. One at a time reads as this reader; another one returns 0 at once.
    """
    number_all()
    EventReader.objects.get_or_create(name=reader)
    done = 0
    while done < most and (step := _read_some(reader, handle, min(TOGETHER, most - done))):
        done += step
    return done


def _read_some(reader: str, handle: Handler, most: int) -> int:
    until = time.monotonic() + TOGETHER_SECONDS
    done: int = 0
    failure: Exception | None = None
    with transaction.atomic():
        row = EventReader.objects.select_for_update(skip_locked=True).filter(name=reader).first()
        if row is None:
            return 0
        for event in Event.objects.filter(number__gt=row.read).order_by("number")[:most]:
            try:
                with transaction.atomic():
                    handle(event)
            except Exception as error:  # those before it are done, and stay so
                failure = error
                break
            row.read, done = event.number or row.read, done + 1
            if time.monotonic() > until:
                break
        if done:
            row.save()
    if failure:
        raise failure
    return done


def waiting(reader: str) -> int:
    """Return how many events this reader has not read, those without a number included."""
    row = EventReader.objects.filter(name=reader).first()
    unread = Event.objects.filter(number__gt=row.read if row else 0).count()
    return unread + Event.objects.filter(number=None).count()

"""Telling what has happened, and reading it without missing any of it.

Numbers that a sequence gives at the insert are no order to read by: the one who took the lower
number may commit last. So an event is numbered after its commit, by whoever reads next, under the
lock of one row: whatever is committed by then and has no number gets the next ones.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection, models, transaction

from config.lib.kept import forget_rows
from media_pipeline.events.registry import KINDS, READERS
from media_pipeline.jobs.services.schedules import run_now
from media_pipeline.models import Event, EventNumber, EventReader

# Who may hear of an event: everybody; whoever may open its subject by then; its owner; moderators.
PUBLIC, VIEWERS, OWNER, MODERATORS = "public", "viewers", "owner", "moderators"
AUDIENCES = {PUBLIC, VIEWERS, OWNER, MODERATORS}
KEPT = timedelta(days=30)
READ_AT_ONCE = 200
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
    if audience not in AUDIENCES:
        raise ValueError(f"Nobody is the audience {audience!r}.")
    known = KINDS.get(kind)
    if known is None:
        raise ValueError(f"Nobody has registered the event {kind!r}.")
    if set(data) != set(known.data):
        raise ValueError(f"{kind} comes with {known.data}, not with {tuple(data)}.")
    ids = {name: str(value) for name, value in data.items()}
    event: Event = Event.objects.create(
        kind=kind, subject=subject_of(of), actor=by, audience=audience, data=ids
    )
    for reader, kinds in READERS.items():
        if kind in kinds:
            transaction.on_commit(partial(run_now, round_of(reader)), robust=True)
    return event


def round_of(reader: str) -> str:
    """Return the kind of job that reads as this reader."""
    return f"read-{reader}"


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

    Each is handled in one transaction with the step of the cursor: what handling writes is there if
    and only if it counts as read. Where handling raises, reading stops before that event. One at a
    time reads as this reader; another one returns 0 at once.
    """
    number_all()
    EventReader.objects.get_or_create(name=reader)
    done = 0
    while done < most:
        with transaction.atomic():
            row = (
                EventReader.objects.select_for_update(skip_locked=True).filter(name=reader).first()
            )
            if row is None:
                return done
            event = Event.objects.filter(number__gt=row.read).order_by("number").first()
            if event is None or event.number is None:
                return done
            handle(event)
            row.read = event.number
            row.save()
        done += 1
    return done


def waiting(reader: str) -> int:
    """Return how many events this reader has not read, those without a number included."""
    row = EventReader.objects.filter(name=reader).first()
    unread = Event.objects.filter(number__gt=row.read if row else 0).count()
    return unread + Event.objects.filter(number=None).count()

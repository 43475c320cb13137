"""A listener's queue, kept so that another device can go on with it."""

from typing import Any

from django.db import transaction

from config.lib.live import announce
from config.lib.problems import Problem
from tracks.access import Person
from tracks.models import PlayQueue

CHANGED = "queue.changed"


def group_of(user: Person) -> str:
    """Return the channels group of everybody who watches this person's queue."""
    return f"queue-{user.pk}"


def read(*, user: Person) -> PlayQueue:
    """Return the queue as it is now; an empty one of revision 0 for who never had any."""
    return PlayQueue.objects.filter(user=user).first() or PlayQueue(user=user)


@transaction.atomic
def write(*, user: Person, revision: int, changes: dict[str, Any]) -> PlayQueue:
    """Change the named columns, if the queue is still at `revision`; returns it as it is now.

    Whoever comes with an older revision has not seen what another device wrote: they get a
    Problem `queue-changed` (409) with the revision of now, and lose nobody's entries.
    """
    PlayQueue.objects.get_or_create(user=user)
    row = PlayQueue.objects.select_for_update().get(user=user)
    if row.revision != revision:
        sentence = "Another device has changed this queue. Read it again."
        raise Problem("queue-changed", sentence, status=409, revision=row.revision)
    for name, value in changes.items():
        setattr(row, name, value)
    if row.current and row.current not in {item["id"] for item in row.items}:
        raise Problem("invalid-input", "`current` names no entry of the queue.")
    row.revision += 1
    row.save()
    transaction.on_commit(lambda: announce(group_of(user), CHANGED))
    return row

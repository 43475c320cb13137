"""Asking for an archive of one's data, and letting it go again."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from config.lib import live
from config.lib.problems import Problem
from media_pipeline.assets.services.removal import remove_key
from media_pipeline.free_space import require_room_to_make
from media_pipeline.jobs.services import jobs
from media_pipeline.locks import lock
from social.exports.selectors import KIND, bytes_of, is_under_way
from social.models import Export, Imported, User

PER_DAY = 3
FAILED_KEPT = timedelta(days=30)  # as the jobs that say why


@transaction.atomic
def begin(*, person: User) -> Export:
    """Have an archive made of everything of this person.

    Raises Problem `export-under-way`, `too-many-exports`, `storage-full`.
    """
    lock(f"exports:{person.pk}")
    if is_under_way(person):
        sentence = "Your archive is being made already. It will be here when it is ready."
        raise Problem("export-under-way", sentence, status=409)
    today = timezone.now() - timedelta(days=1)
    if Export.objects.filter(user=person, ready_at__gt=today).count() >= PER_DAY:
        sentence = f"{PER_DAY} archives a day are the most. Fetch one of them, or come back later."
        raise Problem("too-many-exports", sentence, status=429)
    require_room_to_make(bytes_of(person))
    for failed in Export.objects.filter(user=person, key=""):
        drop(failed)
    export = Export.objects.create(user=person)
    jobs.enqueue(KIND, subject=export)
    tell_watchers(person.pk)
    return export


def key_of(export: Export) -> str:
    """Return under which key of the storage the archive lies, or will."""
    return f"exports/{export.pk}.zip"


def drop(export: Export) -> None:
    """Delete an archive, its row and, on commit, its bytes. Needs a transaction."""
    remove_key(export.pk, export.key or key_of(export))
    export.delete()


def forget(now: datetime, most: int) -> int:
    """Delete up to `most` archives whose time is over, or that have failed long ago."""
    over = Q(expires_at__lte=now) | Q(key="", created_at__lte=now - FAILED_KEPT)
    count = 0
    for export in Export.objects.filter(over).order_by("pk")[:most]:
        with transaction.atomic():
            drop(export)
        count += 1
    return count


def forget_ready() -> None:
    """Forget archives whose bytes are not here: no backup holds what can be made again."""
    Export.objects.exclude(key="").delete()


def replace_older(export: Export) -> None:
    """Let an archive take the place of those before it: each is a whole copy of somebody's music.

    Their rows stay until the day is over, as so many a day are allowed. Needs a transaction.
    """
    older = Export.objects.filter(user_id=export.user_id).exclude(pk=export.pk).exclude(key="")
    for one in older.filter(expires_at__gt=timezone.now()):
        remove_key(one.pk, one.key)
        Export.objects.filter(pk=one.pk).update(expires_at=timezone.now())


def leave(person: Any) -> None:
    """Delete all archives of a person who leaves, and what they brought. Needs a transaction."""
    for export in Export.objects.filter(user=person):
        drop(export)
    Imported.objects.filter(owner=person).delete()


def tell_watchers(person_id: Any) -> None:
    """Tell the pages of this person, on commit, to look at their archives again."""
    transaction.on_commit(lambda: live.announce(f"exports-{person_id}", "exports.changed"))

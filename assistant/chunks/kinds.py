"""What passages give the machine to do; what has changed is heard of where pages are forgotten."""

from collections import defaultdict
from functools import partial
from uuid import UUID

from django.db import transaction

from assistant.chunks import services
from assistant.models import ChangedPiece
from config.lib import kept_pages
from media_pipeline.jobs.services.schedules import register_round, run_now
from tracks import access
from tracks.models import Track
from tracks.search.registry import as_uuid

WORK, LOOK = "make-passages", "look-over-passages"
VECTORS = "make-vectors"  # of what was made (`assistant.meaning`)
AT_ONCE = 2_000


def _heard(things: list[str]) -> None:
    keys: dict[str, list[str]] = defaultdict(list)
    for thing in things:
        prefix, _, key = thing.partition(":")
        keys[prefix].append(key)
    if tracks := _tracks(keys):
        _changed(tracks)


def _tracks(keys: dict[str, list[str]]) -> list[UUID]:
    """Return the pieces that these things are. Who is renamed is marked in the database: a tag
    that changes would here be a hundred thousand pieces in somebody's request.
    """
    return sorted({pk for name in ("track", "notes") for key in keys[name] if (pk := as_uuid(key))})


def _changed(tracks: list[UUID]) -> None:
    services.mark(tracks)
    services.drop_shut(tracks)
    transaction.on_commit(services.forget_answers, robust=True)
    transaction.on_commit(partial(run_now, WORK), robust=True)


@access.touched_by_denial
def take_from_denied(person: access.Person) -> None:
    """Take away the passages of a person who is denied now; bring them back when they are not."""
    rows = Track.everything.filter(owner_id=person.pk).order_by()
    if tracks := list(rows.values_list("pk", flat=True)):
        _changed(tracks)


def _work() -> None:
    if ChangedPiece.objects.exists():
        more = services.work_off(AT_ONCE)
        run_now(VECTORS)
        if more:
            run_now(WORK)


def _look() -> None:
    services.look_over()
    if ChangedPiece.objects.exists():
        run_now(WORK)


def register_all() -> None:
    """Let the machine know."""
    kept_pages.on_forget(_heard)
    register_round(WORK, _work, "Cuts what is known of pieces into passages", every=120)
    register_round(LOOK, _look, "Looks for pieces without passages", every=3600)

"""Spans that nothing made of an asset may sound in: upper rooms say which, by their rows.

The original keeps every byte. What listeners get is made of it anew, without these spans, and until
it is there the asset has nothing to give.
"""

from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from media_pipeline.jobs.errors import Transient
from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.announcing import changed
from media_pipeline.models import Asset, Fingerprint, Job, Media, Rendition, Waveform
from media_pipeline.steps.recipes import Spans
from media_pipeline.storage import get_storage

Rule = Callable[[UUID], Iterable[tuple[int, int]]]
Listener = Callable[[UUID], None]
BAD = [Job.State.FAILED, Job.State.QUARANTINED]
LIVE = [Job.State.PENDING, Job.State.RUNNING]

_rules: list[Rule] = []
_listeners: list[Listener] = []


def mutes(rule: Rule) -> Rule:
    """Register which spans of an asset (its id) are muted: pairs of milliseconds."""
    _rules.append(rule)
    return rule


def when_stuck(act: Listener) -> Listener:
    """Register what follows, in one transaction with it, when an asset could not be made anew."""
    _listeners.append(act)
    return act


def tell_stuck(asset: Asset) -> None:
    """Do what follows when the last attempt at an asset that was whole before has failed."""
    if was_whole(asset):
        for act in _listeners:
            act(asset.pk)


def was_whole(asset: Asset) -> bool:
    """Tell whether all of it was made once: the file is good, and others have heard it."""
    return Fingerprint.objects.filter(asset=asset).exists()


def stuck() -> QuerySet[Asset]:
    """Return the assets that were whole, have nothing to give, and nobody works on any more."""
    jobs_of = Job.objects.filter(kind=Job.Kind.PROCESS, asset=OuterRef("pk"))
    return Asset.objects.filter(
        Exists(jobs_of.filter(state__in=BAD)),
        ~Exists(jobs_of.filter(state__in=LIVE)),
        Exists(Fingerprint.objects.filter(asset=OuterRef("pk"))),
        ready_at=None,
    )


def spans_of(asset: UUID) -> Spans:
    """Return the spans of an asset that are muted now, in order."""
    return tuple(sorted({span for rule in _rules for span in rule(asset)}))


def require_same(asset: UUID, muted: Spans) -> None:
    """Refuse to publish what was made with other spans than are muted now. Raises Transient.

    Called within the transaction that publishes; `make_anew` waits for it, or it for that one.
    """
    Asset.objects.select_for_update().get(pk=asset)
    if spans_of(asset) != muted:
        raise Transient("muted-since", "Another part of it has to be silent now.", 1.0)


@transaction.atomic
def make_anew(assets: Iterable[UUID]) -> None:
    """Take back what was made of these assets, and have it made again; none plays until then.

    What was signed ends, and what it led to is deleted on commit.
    """
    rows = list(Asset.objects.select_for_update().filter(pk__in=list(assets)).order_by("pk"))
    keys = [row.pk for row in rows]
    gone = {(row.pk, attempt) for row in rows for attempt in (row.attempt, row.extras_attempt)}
    gone |= set(Rendition.objects.filter(asset__in=keys).values_list("asset", "attempt"))
    Rendition.objects.filter(asset__in=keys).delete()
    Waveform.objects.filter(asset__in=keys).delete()  # its address is signed with the sound's
    blank = {"attempt": "", "extras_attempt": "", "playable_at": None, "ready_at": None}
    Asset.objects.filter(pk__in=keys).update(**blank)
    Media.objects.filter(asset__in=keys).revoke()
    for row in rows:
        jobs.enqueue(Job.Kind.PROCESS, asset=row)
        changed(row.pk)
    for key, attempt in gone:
        if attempt:
            prefix = Asset(pk=key).prefix_of(attempt)
            transaction.on_commit(partial(get_storage().delete_prefix, prefix), robust=True)

"""Sums of the whole ledger by month and step, as of any moment, without reading all of it again.

Rows only come: what was recorded long enough ago sums to the same for ever, and is kept. Each time
only what came since is read, and the month in which the moment lies.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, CharField, F, Q, Sum, Value, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from economics.days import day_of, end_of, today
from economics.models import LedgerAccount, LedgerEntry, LedgerTransaction

Kind = LedgerAccount.Kind
CHARITIES = {Kind.CHARITY_PAYABLE, Kind.CHARITY_DISBURSED, Kind.MEMO_CHARITY}
# A transaction of the database takes less than the days between what is kept and now.
SETTLED_DAYS, WHOLE_DAYS = 2, 7
KEY = f"ledger-tallies:{settings.TIME_ZONE}"


class Moved(NamedTuple):
    """What moved accounts of one kind in a month, by one kind of step. Minor units, both positive.

    `whose`: the id of a charity, for accounts of charities alone.
    """

    month: str
    kind: str
    whose: str
    step: str
    debit: int
    credit: int


class Kept(NamedTuple):
    """What was recorded before a moment: by its last transaction one knows the ledger again."""

    until: datetime
    last: Any
    moved: list[Moved]
    read_whole: datetime


def moved(before: datetime | None = None) -> list[Moved]:
    """Return what took effect before a moment; some rows can be of one month, kind and step.

    Two queries, and those of `_settled` once a day.
    """
    until = _until()
    settled = _settled(until)
    late = Q(transaction__recorded_at__gte=until)
    if before is None:
        return [*settled, *_grouped(late)]
    month = day_of(before - timedelta(microseconds=1)).replace(day=1)
    begin = end_of(month - timedelta(days=1))
    of_month = Q(transaction__effective_at__gte=begin, transaction__effective_at__lt=before)
    late &= Q(transaction__effective_at__lt=begin)
    earlier = [one for one in settled if one.month < month.isoformat()[:7]]
    return [*earlier, *_grouped(of_month | late)]


def _until() -> datetime:
    """Return before when nothing is recorded any more; the same all day."""
    return end_of(today()) - timedelta(days=SETTLED_DAYS)


def _settled(until: datetime) -> Sequence[Moved]:
    """Return what was recorded before; read anew after some days, or in another ledger."""
    rows = LedgerTransaction.objects.order_by("-recorded_at", "-id")
    last = rows.filter(recorded_at__lt=until).values_list("pk", flat=True).first()
    if last is None:
        return []
    kept: Kept | None = cache.get(KEY)
    if kept and (kept.until, kept.last) == (until, last):
        return kept.moved
    whole, now = Q(transaction__recorded_at__lt=until), timezone.now()
    if kept and kept.until < until and _may_go_on(kept, now):
        since = _grouped(whole & Q(transaction__recorded_at__gte=kept.until))
        kept = Kept(until, last, _summed([*kept.moved, *since]), kept.read_whole)
    else:
        kept = Kept(until, last, _grouped(whole), now)
    cache.set(KEY, kept, timedelta(days=WHOLE_DAYS).total_seconds())
    return kept.moved


def _may_go_on(kept: Kept, now: datetime) -> bool:
    """Tell whether this is still the ledger of which that was read, and not too long ago."""
    is_young = kept.read_whole > now - timedelta(days=WHOLE_DAYS)
    rows = LedgerTransaction.objects.order_by("-recorded_at", "-id")
    same = rows.filter(recorded_at__lt=kept.until).values_list("pk", flat=True).first()
    return is_young and same == kept.last


def _summed(rows: Sequence[Moved]) -> list[Moved]:
    sums: dict[tuple[str, str, str, str], tuple[int, int]] = {}
    for one in rows:
        debit, credit = sums.get(one[:4], (0, 0))
        sums[one[:4]] = (debit + one.debit, credit + one.credit)
    return [Moved(*key, *amounts) for key, amounts in sums.items()]


def _grouped(which: Q) -> list[Moved]:
    grouped = (
        LedgerEntry.objects.counting()
        .filter(which)
        .annotate(
            month=TruncMonth("transaction__effective_at"),
            kind=F("account__kind"),
            whose=Case(
                When(account__kind__in=CHARITIES, then="account__party"),
                default=Value(""),
                output_field=CharField(),
            ),
            step=F("transaction__kind"),
        )
    )
    rows = grouped.order_by().values_list("month", "kind", "whose", "step")
    sums = rows.annotate(
        debit=Sum("amount", filter=Q(amount__gt=0), default=0),
        credit=Sum("amount", filter=Q(amount__lt=0), default=0),
    )
    return [
        Moved(month.date().isoformat()[:7], kind, whose, step, int(debit), -int(credit))
        for month, kind, whose, step, debit, credit in sums
    ]

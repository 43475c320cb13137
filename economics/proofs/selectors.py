"""Reading what was published, and what of it is somebody's."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, Q, Sum, Value, When

from economics.models import Batch, Charity, Contribution, Leaf, LedgerEntry, LedgerTransaction
from economics.money import currency, digits
from economics.proofs import check, rules

POSTED = LedgerTransaction.Status.POSTED


def slugs() -> dict[str, str]:
    """Return how each charity is called in lines, by its id."""
    return {str(key): slug for key, slug in Charity.objects.values_list("pk", "slug")}


def amounts_of(rows: Iterable[LedgerTransaction]) -> dict[UUID, list[rules.Amount]]:
    """Return the amounts of these transactions."""
    found: dict[UUID, list[rules.Amount]] = defaultdict(list)
    entries = LedgerEntry.objects.filter(transaction__in=rows).order_by("id")
    names = ("transaction_id", "account__kind", "account__party", "amount")
    for key, *words in entries.values_list(*names):
        found[key].append(rules.Amount(*words))
    return found


def published() -> dict[str, Any]:
    """Return the totals, every batch, and what waits for one; three queries.

    Totals and what waits are of one query, so that they are of one moment.
    """
    batches = list(Batch.objects.order_by("number"))
    last = batches[-1].number if batches else 0
    whole, waiting = _sums(last)
    return {
        "format": check.FORMAT,
        "currency": currency(),
        "decimals": digits(),
        "totals": whole,
        "waiting": waiting,
        "batches": [told(one) for one in batches],
    }


def told(batch: Batch) -> dict[str, Any]:
    """Return a batch as everybody reads it."""
    return {
        "number": batch.number,
        "count": batch.count,
        "root": batch.root,
        "sums": batch.sums,
        "previous": batch.previous,
        "head": batch.head,
        "closed_at": batch.closed_at.isoformat(),
    }


def proof(given: Contribution) -> dict[str, Any]:
    """Return what proves that this contribution is in the totals: for its giver alone.

    Four queries and one for each batch that it is in. `waiting`: how many of its steps are in none.
    """
    rows = LedgerTransaction.objects.filter(subject=given.pk, kind__in=rules.STEPS, status=POSTED)
    steps = rows.select_related("leaf__batch").order_by("effective_at", "id")
    inside = [row for row in steps if hasattr(row, "leaf")]
    return {
        "format": check.FORMAT,
        "currency": given.currency,
        "decimals": digits(given.currency),
        "contribution": str(given.pk),
        "amount": given.amount,
        "steps": [_step(row) for row in inside],
        "waiting": len(steps) - len(inside),
    }


def contents(batch: Batch) -> list[dict[str, object]]:
    """Return what the leaves of a batch say, in their order."""
    leaves = Leaf.objects.filter(batch=batch).select_related("transaction").order_by("position")
    return [rules.content(one.transaction, one.lines, one.nonce) for one in leaves]


def _step(row: LedgerTransaction) -> dict[str, Any]:
    leaf: Leaf = row.leaf
    said = contents(leaf.batch)
    return {
        "batch": leaf.batch.number,
        "count": leaf.batch.count,
        "position": leaf.position,
        "leaf": said[leaf.position],
        "path": check.path(rules.tree(said), leaf.position),
    }


def _sums(last: int) -> tuple[dict[str, int], dict[str, int]]:
    """Return the totals by line, and those of what is in no batch up to this one."""
    open_ = Q(transaction__leaf=None) | Q(transaction__leaf__batch__gt=last)
    steps = LedgerEntry.objects.counting().filter(transaction__kind__in=rules.STEPS)
    grouped = steps.annotate(
        kind=F("account__kind"),
        whose=Case(
            When(account__kind__in=rules.CHARITIES, then="account__party"),
            default=Value(""),
            output_field=CharField(),
        ),
        is_debit=Q(amount__gt=0),
    )
    rows = grouped.order_by().values_list("kind", "whose", "is_debit")
    whole, waiting, names = [], [], slugs()
    for kind, whose, _, sum_, rest in rows.annotate(
        sum_=Sum("amount"), rest=Sum("amount", filter=open_, default=0)
    ):
        whole.append(rules.Amount(kind, whose, int(sum_)))
        waiting.append(rules.Amount(kind, whose, int(rest)))
    return rules.lines(whole, names), _something(rules.lines(waiting, names))


def _something(sums: dict[str, int]) -> dict[str, int]:
    return {line: amount for line, amount in sums.items() if amount}

"""Closing what was given into batches that are published, and finding what was touched since."""

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from config.lib import kept_pages
from economics.models import Batch, Leaf, LedgerTransaction
from economics.proofs import check, rules, selectors
from media_pipeline.locks import lock
from media_pipeline.models import SealedEntry
from media_pipeline.sealing import services as sealing

LEAVES_MOST = 1000  # in one batch: a proof reads all of them
APART = timedelta(hours=1)  # so far are batches from each other, that their list stays short
LATEST = timedelta(days=1)  # a transaction of the database takes less than this
CLOSED = "ledger.batch"


def sweep() -> int:
    """Close what waits, unless a batch was closed a moment ago; return how many steps."""
    recent = Batch.objects.filter(closed_at__gt=Now() - APART)
    return 0 if recent.exists() else close()


@transaction.atomic
def close() -> int:
    """Close all that waits for a batch; return how many steps of contributions that were."""
    lock("ledger-batches")
    last = Batch.objects.order_by("number").last()
    rows: Any = LedgerTransaction.objects.filter(
        kind__in=rules.STEPS, status=selectors.POSTED, leaf=None
    )
    if last:  # all that is much older is in one
        rows = rows.filter(recorded_at__gt=last.closed_at - LATEST)
    waiting = list(rows.order_by("recorded_at", "id"))
    for at in range(0, len(waiting), LEAVES_MOST):
        last = _close(waiting[at : at + LEAVES_MOST], last)
    if waiting:
        kept_pages.forget("money")
    return len(waiting)


def _close(rows: list[LedgerTransaction], last: Batch | None) -> Batch:
    """Make one batch. Who is beside whom in it is by chance, so that it tells nothing."""
    names, amounts = selectors.slugs(), selectors.amounts_of(rows)
    made = []
    for row in rows:
        leaf = Leaf(
            transaction=row, lines=rules.lines(amounts[row.pk], names), nonce=secrets.token_hex(32)
        )
        made.append((check.leaf(rules.content(row, leaf.lines, leaf.nonce)), leaf))
    made.sort(key=lambda one: str(one[0]["hash"]))
    top = check.root([node for node, _ in made])
    words = {
        "number": last.number + 1 if last else 1,
        "count": len(made),
        "root": top["hash"],
        "sums": top["sums"],
        "previous": last.head if last else "",
    }
    batch = Batch.objects.create(**words, head=check.head(words))
    for position, (_, leaf) in enumerate(made):
        leaf.batch, leaf.position = batch, position
    Leaf.objects.bulk_create([leaf for _, leaf in made])
    sealing.append(kind=CLOSED, subject=f"economics.batch:{batch.number}", head=batch.head)
    batch.refresh_from_db()
    return batch


def verify() -> Iterator[tuple[int, str]]:
    """Yield the number of each batch that is not as it was published, and what is wrong with it."""
    sealed = {
        subject: data.get("head")
        for subject, data in SealedEntry.objects.filter(kind=CLOSED).values_list("subject", "data")
    }
    names = selectors.slugs()
    previous = ""
    for batch in Batch.objects.order_by("number"):
        if batch.previous != previous:
            yield batch.number, "does not follow the one before it."
        for sentence in _wrong(batch, sealed.pop(f"economics.batch:{batch.number}", ""), names):
            yield batch.number, sentence
        previous = batch.head
    for subject in sealed:
        yield int(subject.partition(":")[2]), "was published once, and is not here any more."


def _wrong(batch: Batch, sealed: str, names: dict[str, str]) -> Iterator[str]:
    if sealed != batch.head:
        yield "is not what the sealed log says."
    said = selectors.contents(batch)
    if not said:
        yield "has no leaves."
        return
    top = check.root(rules.tree(said))
    words = selectors.told(batch) | {"count": len(said), "root": top["hash"], "sums": top["sums"]}
    if check.head(words) != batch.head or check.head(selectors.told(batch)) != batch.head:
        yield "is not what its leaves say: some were changed."
    leaves = list(Leaf.objects.filter(batch=batch).select_related("transaction"))
    amounts = selectors.amounts_of([one.transaction for one in leaves])
    for one in leaves:
        if rules.lines(amounts[one.transaction_id], names) != one.lines:
            yield f"has a leaf that is not what the ledger says: {one.transaction_id}."

"""What a bookkeeper is given: the whole ledger as plain text."""

from collections.abc import Iterator
from datetime import date

from economics.books import formats
from economics.books.selectors import Written, as_effective
from economics.days import day_of, end_of, today
from economics.ledger.selectors import balances
from economics.models import LedgerAccount, LedgerTransaction
from economics.money import currency

NOTE = """; Every transaction of this site's ledger, in the syntax of beancount.
; Debits are positive. Days are of the site's time zone. Accounts below Equity:Memo… hold what was
; declared as given to others directly: it never went through this site.
"""


def export(title: str, until: date | None = None) -> Iterator[str]:
    """Yield the ledger as plain text, of what took effect until that day's end.

    At its end each account's balance, as `balances()` tells it, for beancount to check.
    """
    before = end_of(until) if until else None
    code = currency()
    yield NOTE
    yield from formats.head(title, code)
    first, last = _first_day(), until or today()
    for key in LedgerAccount.objects.order_by("key").values_list("key", flat=True):
        yield formats.opened(key, first, code)
    for one in as_effective(before):
        last = max(last, day_of(one.row.effective_at))
        yield formats.transaction(one.row, _postings(one), code)
    yield "\n"
    for key, amount in sorted(balances(before).items()):
        yield formats.balance(key, last, amount, code)


def _postings(one: Written) -> list[formats.Posting]:
    return [formats.Posting(line.account, line.amount) for line in one.lines]


def _first_day() -> date:
    first = LedgerTransaction.objects.order_by("effective_at").first()
    return day_of(first.effective_at) if first else today()

"""Which figures there are: of which account, on which side, and by what steps."""

from typing import NamedTuple

from economics.ledger.tallies import Moved
from economics.models import LedgerAccount

Kind = LedgerAccount.Kind
CAME = ("contribution.received",)
BACK = ("contribution.refunded", "contribution.dispute_lost")
PASSED_ON = ("unallocated.to_charity", "unallocated.taken_back")
DECLARED, CANCELLED = ("contribution.declared",), ("contribution.cancelled",)
DEBIT, CREDIT, NET_DEBIT, NET_CREDIT = "debit", "credit", "net debit", "net credit"


class Line(NamedTuple):
    """One figure. Without `steps` it is of everything that moved the account."""

    name: str
    label: str
    kind: str
    side: str
    steps: tuple[str, ...] = ()


# What happened in a month.
MOVED = (
    Line("received", "Came in", Kind.PROVIDER_CLEARING, DEBIT, CAME),
    Line("fees", "Kept by payment providers", Kind.PROVIDER_FEES, DEBIT, ("contribution.fee",)),
    Line("to_artists", "Shared with artists", Kind.ARTIST_PAYABLE, CREDIT, CAME),
    Line("to_charities", "Shared with charities", Kind.CHARITY_PAYABLE, CREDIT, CAME),
    Line("to_platform", "For this site, without tax", Kind.PLATFORM_REVENUE, CREDIT, CAME),
    Line("tax", "Tax within this site’s share", Kind.TAX_PAYABLE, CREDIT, CAME),
    Line("given_back", "Given back", Kind.PROVIDER_CLEARING, CREDIT, ("contribution.refunded",)),
    Line(
        "disputed",
        "Asked back by givers’ banks",
        Kind.DISPUTES_CLEARING,
        DEBIT,
        ("contribution.dispute_opened",),
    ),
    Line(
        "dispute_lost",
        "Of that, lost",
        Kind.DISPUTES_CLEARING,
        CREDIT,
        ("contribution.dispute_lost",),
    ),
    Line(
        "sent_givers",
        "Sent back, of what was nobody’s",
        Kind.PROVIDER_CLEARING,
        CREDIT,
        ("unallocated.sent_back",),
    ),
    Line("refund_loss", "Fees lost when it was given back", Kind.REFUND_LOSS, NET_DEBIT),
    Line("sent_artists", "Sent to artists", Kind.ARTIST_DISBURSED, NET_DEBIT),
    Line("sent_charities", "Sent to charities", Kind.CHARITY_DISBURSED, NET_DEBIT),
    Line("funded", "Put in by the operator", Kind.OPERATOR_FUNDING, NET_CREDIT),
)
# What givers say that they gave to others directly: it never went through this site.
SAID = (
    Line("declared_artists", "To artists", Kind.MEMO_ARTIST, NET_CREDIT, DECLARED + CANCELLED),
    Line("declared_charities", "To charities", Kind.MEMO_CHARITY, NET_CREDIT, DECLARED + CANCELLED),
    Line("declared_platform", "To this site", Kind.MEMO_PLATFORM, NET_CREDIT, DECLARED + CANCELLED),
)
# Where it is: the first two are what there is, the others whose it is. Both come to the same sum.
THERE = (
    Line("with_providers", "With payment providers", Kind.PROVIDER_CLEARING, NET_DEBIT),
    Line("in_dispute", "Held apart, in dispute", Kind.DISPUTES_CLEARING, NET_DEBIT),
)
WHOSE = (
    Line("owed_artists", "Owed to artists", Kind.ARTIST_PAYABLE, NET_CREDIT),
    Line("owed_charities", "Owed to charities", Kind.CHARITY_PAYABLE, NET_CREDIT),
    Line("owed_tax", "Owed as tax", Kind.TAX_PAYABLE, NET_CREDIT),
    Line("owed_givers", "To be given back", Kind.GIVER_PAYABLE, NET_CREDIT),
    Line("unallocated", "Nobody’s any more", Kind.UNALLOCATED, NET_CREDIT),
    Line("platform", "This site’s own", Kind.PLATFORM_REVENUE, NET_CREDIT),
    Line("operator", "The operator’s", Kind.OPERATOR_FUNDING, NET_CREDIT),
    Line("lost", "Lost in refunds", Kind.REFUND_LOSS, NET_CREDIT),
)
OF_CHARITY = (
    Line("given", "Given", Kind.CHARITY_PAYABLE, CREDIT, CAME),
    Line("returned", "Taken back", Kind.CHARITY_PAYABLE, DEBIT, BACK),
    Line("passed_on", "Of what was nobody’s", Kind.CHARITY_PAYABLE, NET_CREDIT, PASSED_ON),
    Line("sent", "Sent", Kind.CHARITY_DISBURSED, NET_DEBIT),
    Line("owed", "Owed", Kind.CHARITY_PAYABLE, NET_CREDIT),
    Line("declared", "Declared", Kind.MEMO_CHARITY, NET_CREDIT, DECLARED + CANCELLED),
)


def value(line: Line, moved: list[Moved]) -> int:
    """Return one figure of what moved, in minor units."""
    of_kind = [one for one in moved if one.kind == line.kind]
    rows = [one for one in of_kind if not line.steps or one.step in line.steps]
    debit, credit = sum(one.debit for one in rows), sum(one.credit for one in rows)
    return {
        DEBIT: debit,
        CREDIT: credit,
        NET_DEBIT: debit - credit,
        NET_CREDIT: credit - debit,
    }[line.side]

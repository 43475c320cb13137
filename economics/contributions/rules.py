"""What becomes of a contribution in the ledger: which accounts, and how much on each."""

from economics.ledger.rules import split
from economics.ledger.services import Leg, leg
from economics.models import Contribution, LedgerAccount

Kind = LedgerAccount.Kind
ARTIST, CHARITY, PLATFORM = "artist", "charity", "platform"


def parts(amount: int, artist_bp: int, charity_bp: int, platform_bp: int) -> dict[str, int]:
    """Return what each gets of an amount, in minor units: exact sums, largest remainders."""
    return split(amount, {ARTIST: artist_bp, CHARITY: charity_bp, PLATFORM: platform_bp})


def parts_of(given: Contribution) -> dict[str, int]:
    """Return what each gets of a contribution: of the net, once the fee is known."""
    bps = (given.artist_bp, given.charity_bp, given.platform_bp)
    return parts(given.amount - given.fee, *bps)


def may_cancel(given: Contribution) -> bool:
    """Tell whether its giver can still take it back: nothing has come in yet."""
    return given.status in (Contribution.Status.DECLARED, Contribution.Status.FAILED)


def received(given: Contribution) -> list[Leg]:
    """Return the legs of a pooled contribution that has come in.

    The provider holds what was given, less its fee; shares are of the net. The fee passes through
    an account of its own, so that fees of any time can be told.
    """
    clearing = leg(Kind.PROVIDER_CLEARING, given.amount, given.provider)
    fee = leg(Kind.PROVIDER_FEES, -given.fee, given.provider)
    return [clearing, fee, *_credits(given)]


def fee_kept(given: Contribution) -> list[Leg]:
    """Return the legs of the fee that the provider has kept."""
    return [
        leg(Kind.PROVIDER_FEES, given.fee, given.provider),
        leg(Kind.PROVIDER_CLEARING, -given.fee, given.provider),
    ]


def given_back(given: Contribution) -> list[Leg]:
    """Return the legs of a refund: the giver has all of it back, and the fee is lost.

    What was shared is owed no more, even where it was paid out already: then the account is below
    zero, and what comes next makes up for it.
    """
    back = leg(Kind.PROVIDER_CLEARING, -given.amount, given.provider)
    return [back, leg(Kind.REFUND_LOSS, given.fee), *_debits(given)]


def disputed(given: Contribution) -> list[Leg]:
    """Return the legs of what a bank asks back: the provider holds it apart."""
    return [
        leg(Kind.DISPUTES_CLEARING, given.amount, given.provider),
        leg(Kind.PROVIDER_CLEARING, -given.amount, given.provider),
    ]


def dispute_won(given: Contribution) -> list[Leg]:
    """Return the legs of a dispute that was won: it is with the provider as before."""
    return [Leg(one.kind, one.party, -one.amount) for one in disputed(given)]


def dispute_lost(given: Contribution) -> list[Leg]:
    """Return the legs of a dispute that was lost: as a refund, of what is held apart."""
    held = leg(Kind.DISPUTES_CLEARING, -given.amount, given.provider)
    return [held, leg(Kind.REFUND_LOSS, given.fee), *_debits(given)]


def declared(given: Contribution) -> list[Leg]:
    """Return the memo legs of a direct contribution: what its giver says went to others."""
    shared = parts_of(given)
    return [
        leg(Kind.MEMO_GIVEN, given.amount),
        leg(Kind.MEMO_ARTIST, -shared[ARTIST], given.artist_id or ""),
        leg(Kind.MEMO_CHARITY, -shared[CHARITY], given.charity_id or ""),
        leg(Kind.MEMO_PLATFORM, -shared[PLATFORM]),
    ]


def _credits(given: Contribution) -> list[Leg]:
    return [Leg(one.kind, one.party, -one.amount) for one in _debits(given)]


def _debits(given: Contribution) -> list[Leg]:
    shared = parts_of(given)
    return [
        leg(Kind.ARTIST_PAYABLE, shared[ARTIST], given.artist_id or ""),
        leg(Kind.CHARITY_PAYABLE, shared[CHARITY], given.charity_id or ""),
        leg(Kind.PLATFORM_REVENUE, shared[PLATFORM]),
    ]

"""What becomes of a contribution in the ledger: which accounts, and how much on each."""

from django.conf import settings

from economics.ledger.rules import split
from economics.ledger.services import Leg, leg
from economics.models import WHOLE, Contribution, LedgerAccount

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


def tax_rate(country: str) -> int:
    """Return the rate of tax within the platform's share, in basis points, for a giver's country.

    Nothing where the operator has set none. Whether there is a tax is theirs to know.
    """
    rates: dict[str, int] = settings.NEXUS_TAX_RATES
    return rates.get(country.upper(), rates.get("*", 0))


def tax_in(share: int, rate_bp: int) -> int:
    """Return how much of a gross share is tax, rounded half up to the minor unit."""
    whole = WHOLE + rate_bp
    return (2 * share * rate_bp + whole) // (2 * whole)


def received(given: Contribution, tax_bp: int = 0) -> list[Leg]:
    """Return the legs of a pooled contribution that has come in; `tax_bp`: see `tax_rate`.

    The provider holds what was given, less its fee; shares are of the net. The fee passes through
    an account of its own, so that fees of any time can be told.
    """
    clearing = leg(Kind.PROVIDER_CLEARING, given.amount, given.provider)
    fee = leg(Kind.PROVIDER_FEES, -given.fee, given.provider)
    return [clearing, fee, *_credits(given, tax_bp)]


def fee_kept(given: Contribution) -> list[Leg]:
    """Return the legs of the fee that the provider has kept."""
    return [
        leg(Kind.PROVIDER_FEES, given.fee, given.provider),
        leg(Kind.PROVIDER_CLEARING, -given.fee, given.provider),
    ]


def given_back(given: Contribution, tax_bp: int = 0) -> list[Leg]:
    """Return the legs of a refund: the giver has all of it back, and the fee is lost.

    What was shared is owed no more, even where it was paid out already: then the account is below
    zero, and what comes next makes up for it.
    """
    back = leg(Kind.PROVIDER_CLEARING, -given.amount, given.provider)
    return [back, leg(Kind.REFUND_LOSS, given.fee), *_debits(given, tax_bp)]


def disputed(given: Contribution) -> list[Leg]:
    """Return the legs of what a bank asks back: the provider holds it apart."""
    return [
        leg(Kind.DISPUTES_CLEARING, given.amount, given.provider),
        leg(Kind.PROVIDER_CLEARING, -given.amount, given.provider),
    ]


def dispute_won(given: Contribution) -> list[Leg]:
    """Return the legs of a dispute that was won: it is with the provider as before."""
    return [Leg(one.kind, one.party, -one.amount) for one in disputed(given)]


def dispute_lost(given: Contribution, tax_bp: int = 0) -> list[Leg]:
    """Return the legs of a dispute that was lost: as a refund, of what is held apart."""
    held = leg(Kind.DISPUTES_CLEARING, -given.amount, given.provider)
    return [held, leg(Kind.REFUND_LOSS, given.fee), *_debits(given, tax_bp)]


def declared(given: Contribution) -> list[Leg]:
    """Return the memo legs of a direct contribution: what its giver says went to others."""
    shared = parts_of(given)
    return [
        leg(Kind.MEMO_GIVEN, given.amount),
        leg(Kind.MEMO_ARTIST, -shared[ARTIST], given.artist_id or ""),
        leg(Kind.MEMO_CHARITY, -shared[CHARITY], given.charity_id or ""),
        leg(Kind.MEMO_PLATFORM, -shared[PLATFORM]),
    ]


def _credits(given: Contribution, tax_bp: int) -> list[Leg]:
    return [Leg(one.kind, one.party, -one.amount) for one in _debits(given, tax_bp)]


def _debits(given: Contribution, tax_bp: int) -> list[Leg]:
    shared = parts_of(given)
    tax = tax_in(shared[PLATFORM], tax_bp)
    return [
        leg(Kind.ARTIST_PAYABLE, shared[ARTIST], given.artist_id or ""),
        leg(Kind.CHARITY_PAYABLE, shared[CHARITY], given.charity_id or ""),
        leg(Kind.PLATFORM_REVENUE, shared[PLATFORM] - tax),
        leg(Kind.TAX_PAYABLE, tax, str(tax_bp)),
    ]

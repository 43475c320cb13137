"""By hand: givers pay as the operator says, and staff write down what has come in."""

from django.conf import settings

from economics.models import Contribution
from economics.providers.registry import Started, find, register

REFERENCE_CHARS = 10
UNWRITTEN = "How to pay is not written here yet: ask whoever runs this site."


def reference_of(given: Contribution) -> str:
    """Return what a giver writes on a transfer: the random end of the contribution's id."""
    return given.pk.hex[-REFERENCE_CHARS:].upper()


class Manual:
    """The default: no machine is asked for anything."""

    name, label = "manual", "By transfer"

    def start(self, given: Contribution, key: str = "") -> Started:
        """Return the operator's instructions."""
        words = settings.NEXUS_MONEY_INSTRUCTIONS or UNWRITTEN
        return Started(words, reference=reference_of(given))

    def refund(self, given: Contribution, key: str) -> str:
        """Staff pay it back themselves: there is nothing to ask for."""
        return given.reference


MANUAL = Manual()


def is_by_hand(given: Contribution) -> bool:
    """Tell whether staff do with it what a provider does with others: also where that is gone."""
    return find(given.provider) in (MANUAL, None)


def register_all() -> None:
    """Offer it."""
    register(MANUAL)

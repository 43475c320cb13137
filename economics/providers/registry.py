"""Through whom money can come: each says here, once, what it is called and what it does."""

from typing import NamedTuple, Protocol, runtime_checkable
from uuid import UUID

from economics.models import Contribution


class Started(NamedTuple):
    """What a giver does next: plain words, and a page of the provider where it has one."""

    instructions: str
    address: str = ""
    reference: str = ""


class Told(NamedTuple):
    """What a provider says has happened to a contribution.

    `number` counts what happened to this contribution, from 1, so that what arrives in another
    order is taken in this one. A provider that does not count is asked for its list by its adapter.
    `kind`: confirmed, failed, cancelled, refunded, disputed, won or lost; `fee` in minor units.
    """

    id: str
    number: int
    kind: str
    contribution: UUID
    reference: str
    fee: int = 0


class Provider(Protocol):
    """One way in which money comes.

    `name` stands in rows, settings and addresses, `label` is what people read. A `key` is kept
    before the call, and the same again for each retry: with one key a provider does a thing once.
    """

    name: str
    label: str

    def start(self, given: Contribution, key: str) -> Started:
        """Begin with a contribution that was declared. Raises `Unreachable` to be tried again."""

    def refund(self, given: Contribution, key: str) -> str:
        """Give all of it back; return the provider's reference. Raises `Unreachable`."""


@runtime_checkable
class Telling(Protocol):
    """A provider that tells by itself what has happened, at `/hooks/payments/<name>/`."""

    name: str

    def read(self, body: bytes) -> Told:
        """Return what a body says whose signature was right. Raises ValueError."""


class Unreachable(Exception):
    """Nobody knows whether the provider has done it: ask again, with the same key."""


_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Offer a provider. Raises ValueError for a second one of its name."""
    if _providers.setdefault(provider.name, provider) is not provider:
        raise ValueError(f"There are two providers called {provider.name}.")


def find(name: str) -> Provider | None:
    """Return the provider of this name, if there is one here."""
    return _providers.get(name)


def names() -> list[str]:
    """Return what can be chosen, in the order in which it was registered."""
    return list(_providers)

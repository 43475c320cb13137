"""A contribution as people and programs are told of it: to the cent."""

from dataclasses import dataclass, field

from django.conf import settings

from config.lib import origins
from config.lib.urls import address_of
from economics.contributions import rules, selectors
from economics.contributions.selectors import Way
from economics.models import Contribution
from economics.money import told
from economics.providers import services as providers
from economics.providers.manual import MANUAL, is_by_hand
from economics.providers.registry import Started

Mode, Status = Contribution.Mode, Contribution.Status
# What stands beside a part of a contribution, by the way it goes and how it stands.
HELD, WAITS, DECLARED, RECEIVED = "came in", "is awaited", "declared", "confirmed by them"
ENDED = "nothing came of it"
BACK, LOST, DISPUTED = "given back", "taken back by the bank", "asked back by a bank"
TAKEN: dict[str, str] = {Status.REFUNDED: BACK, Status.LOST: LOST, Status.DISPUTED: DISPUTED}


@dataclass(frozen=True)
class Part:
    """What one of the three gets: `cents` are minor units, `share` is in percent."""

    kind: str
    name: str
    cents: int
    share: str
    state: str
    url: str = ""
    ways: list[Way] = field(default_factory=list)

    @property
    def amount(self) -> str:
        """Return it as people read it."""
        return told(self.cents)


@dataclass(frozen=True)
class Line:
    """One contribution, in words."""

    row: Contribution
    parts: list[Part]

    @property
    def amount(self) -> str:
        """Return all of it as people read it."""
        return told(self.row.amount, self.row.currency)

    @property
    def fee(self) -> str:
        """Return what the provider kept; empty where it kept nothing."""
        return told(self.row.fee, self.row.currency) if self.row.fee else ""

    @property
    def url(self) -> str:
        """Return the address that is its key."""
        return address_of("contribution", self.row.key)

    @property
    def shown(self) -> list[Part]:
        """Return the parts that are more than nothing."""
        return [part for part in self.parts if part.cents]

    @property
    def artist_part(self) -> Part:
        """Return the artist's own part."""
        return next(part for part in self.parts if part.kind == rules.ARTIST)

    @property
    def whom(self) -> str:
        """Return for whom it is, in words."""
        if self.row.artist:
            return self.row.artist.name
        charity = None if self.row.platform_bp else self.row.charity
        return charity.name if charity else settings.SITE_NAME

    @property
    def about(self) -> str:
        """Return what it was given for: a piece, a release; empty for all else."""
        thing = self.row.track or self.row.release
        return thing.title if thing else ""


def line(given: Contribution, *, with_ways: bool = False) -> Line:
    """Return a contribution as it is shown; `with_ways` says where each part is paid directly."""
    return Line(given, [_part(given, kind, cents, with_ways) for kind, cents in _shared(given)])


def _shared(given: Contribution) -> list[tuple[str, int]]:
    found = rules.parts_of(given)
    return [(kind, found[kind]) for kind in (rules.ARTIST, rules.CHARITY, rules.PLATFORM)]


def _part(given: Contribution, kind: str, cents: int, with_ways: bool) -> Part:
    names = {
        rules.ARTIST: given.artist.name if given.artist else "",
        rules.CHARITY: given.charity.name if given.charity else "",
        rules.PLATFORM: settings.SITE_NAME,
    }
    url = given.artist.get_absolute_url() if kind == rules.ARTIST and given.artist else ""
    ways = selectors.ways_of(given, kind) if with_ways and cents else []
    bp = getattr(given, f"{kind}_bp")
    return Part(kind, names[kind], cents, percent(bp), _state(given, kind), url, ways)


def percent(bp: int) -> str:
    """Return basis points as a percentage without needless zeros: `33.33`, `20`."""
    return f"{bp / 100:.2f}".rstrip("0").rstrip(".")


def _state(given: Contribution, kind: str) -> str:
    if given.status in (Status.CANCELLED, Status.FAILED):
        return ENDED
    if given.status in TAKEN:
        return TAKEN[given.status]
    if given.mode == Mode.DIRECT:
        # Nobody tells this site what charities were given directly, nor itself beside an artist.
        seen_by = rules.PLATFORM if given.is_for_site else rules.ARTIST
        return RECEIVED if given.status == Status.CONFIRMED and kind == seen_by else DECLARED
    return WAITS if given.status == Status.DECLARED else HELD


def to_do(given: Contribution) -> Started | None:
    """Return what its giver does next; None where nothing is to be done, or pay links say it."""
    if given.status != Status.DECLARED or given.mode == Mode.DIRECT:
        return None
    return MANUAL.start(given) if is_by_hand(given) else providers.started(given)


def address(given: Contribution) -> str:
    """Return the whole address of its page, for letters and programs."""
    return origins.absolute(address_of("contribution", given.key))

"""Presets, first shares, countries; percentages as basis points."""

from decimal import Decimal
from functools import cache

from babel import Locale

from economics.models import Contribution
from economics.money import LOCALE, plain

PRESETS = (300, 500, 1000, 2500)  # minor units: 3.00 and so on, or 300 yen
PRESET = 1000
PARTS = ("artist", "charity", "platform")
SHARES = tuple(f"{name}_percent" for name in PARTS)
HUNDRED = Decimal(100)
# In percent: artist, charity, site; by whether the site can be paid.
FIRST = {True: (70, 20, 10), False: (80, 20, 0)}
FIRST_OF_SITE = {True: (0, 0, 100), False: (0, 100, 0)}


def presets() -> list[tuple[str, int]]:
    """Return what can be chosen at once: as it is written in a field, and in minor units."""
    return [(plain(amount), amount) for amount in PRESETS]


def amount_of(minor: int) -> dict[str, str]:
    """Return what an amount is chosen by: one of the presets, or in the field; never both."""
    words = plain(minor)
    is_preset = minor in PRESETS
    return {"preset": words if is_preset else "", "amount": "" if is_preset else words}


def to_bp(percent: Decimal) -> int:
    """Return a percentage of at most two decimals in basis points."""
    return int(percent * HUNDRED)


def to_percent(bp: int) -> Decimal:
    """Return basis points as a percentage, without needless zeros."""
    found = Decimal(bp) / HUNDRED
    return found.quantize(Decimal(1)) if found == int(found) else found


def first_shares(
    before: Contribution | None, *, with_artist: bool, with_site: bool
) -> dict[str, Decimal]:
    """Return the shares to begin with, in percent: as last time, where that still can be."""
    if before and (with_site or not before.platform_bp):
        bps = [before.artist_bp, before.charity_bp, before.platform_bp]
    else:
        firsts = FIRST if with_artist else FIRST_OF_SITE
        bps = [percent * 100 for percent in firsts[with_site]]
    return dict(zip(SHARES, map(to_percent, bps), strict=True))


@cache
def countries() -> list[tuple[str, str]]:
    """Return the countries of ISO 3166 with their English names, by name."""
    found = Locale(LOCALE).territories.items()
    known = [(code, name) for code, name in found if len(code) == 2 and code.isalpha()]
    return sorted((one for one in known if one[0] not in NO_COUNTRIES), key=lambda one: one[1])


# Codes of CLDR for groups, outlying places and unknown ones, which no receipt names.
NO_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}

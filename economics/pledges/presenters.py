"""What is given each month, in words."""

from dataclasses import dataclass

from django.conf import settings

from economics.contributions.presenters import percent
from economics.contributions.rules import ARTIST, CHARITY, PLATFORM, parts
from economics.models import Pledge
from economics.money import told


@dataclass(frozen=True)
class Monthly:
    """One pledge as its giver reads it."""

    row: Pledge
    amount: str
    whom: str
    shares: str


def monthly(row: Pledge) -> Monthly:
    """Return a pledge as it is shown."""
    bps = {ARTIST: row.artist_bp, CHARITY: row.charity_bp, PLATFORM: row.platform_bp}
    names = {
        ARTIST: row.artist.name if row.artist else "",
        CHARITY: row.charity.name if row.charity else "",
        PLATFORM: settings.SITE_NAME,
    }
    cents = parts(row.amount, row.artist_bp, row.charity_bp, row.platform_bp)
    said = [
        f"{names[kind]} {told(cents[kind])} ({percent(bp)} %)" for kind, bp in bps.items() if bp
    ]
    whom = row.artist.name if row.artist else settings.SITE_NAME
    return Monthly(row, told(row.amount, row.currency), whom, ", ".join(said))

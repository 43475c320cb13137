"""Crediting somebody on many tracks at once."""

from collections.abc import Mapping
from typing import Any

from config.lib.lines import one_line
from config.lib.problems import Problem
from tracks.access import Person
from tracks.bulk import Deed, Outcome, register
from tracks.credits.forms import ROLES
from tracks.credits.rules import Said
from tracks.credits.services.crediting import add_credit
from tracks.models import Track


def _credit(tracks: list[Track], data: Mapping[str, str], by: Person) -> Outcome:
    said = Said(one_line(data.get("credit-name", "")), data.get("credit-role", ""))
    if not said.name:
        raise Problem("invalid-input", "Say who is to be credited on them.")
    done, refused = 0, list[str]()
    for track in tracks:
        try:
            add_credit(tracks=[track], credit=said, by=by)
            done += 1
        except Problem as refusal:
            refused.append(f"“{track.title}”: {refusal.detail}")
    return Outcome(done, tuple(refused))


def _choices(_person: Person) -> dict[str, Any]:
    return {"roles": ROLES}


def register_all() -> None:
    """Offer it under My uploads."""
    template = "tracks/credits/_together.html"
    register(Deed("credit", "Credit them", "{} credited.", _credit, template, _choices))

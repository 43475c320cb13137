"""Saying of many pieces at once where machines may read them."""

from collections.abc import Mapping

from assistant.consent import services
from assistant.consent.forms import wheres
from config.lib.problems import Problem
from tracks.access import Person
from tracks.bulk import Deed, Outcome, register
from tracks.models import Track

AS_THE_SITE = "site"


def _say(tracks: list[Track], data: Mapping[str, str], by: Person) -> Outcome:
    to = data.get("machines-to", "")
    if to not in dict(_choices()):
        raise Problem("invalid-input", "Choose where they may be read.")
    done, refused = 0, list[str]()
    for track in tracks:
        try:
            services.say(track=track, by=by, where="" if to == AS_THE_SITE else to)
            done += 1
        except Problem as refusal:
            refused.append(f"“{track.title}”: {refusal.detail}")
    return Outcome(done, tuple(refused))


def _choices() -> list[tuple[str, str]]:
    """Return what can be said of many: a provider is let in piece by piece."""
    return [(value or AS_THE_SITE, label) for value, label in wheres(named=False)]


def register_all() -> None:
    """Offer it under My uploads."""
    register(
        Deed(
            "machines",
            "Say where machines may read them",
            "{} changed.",
            _say,
            "assistant/consent/_together.html",
            lambda _person: {"machine_places": _choices()},
        )
    )

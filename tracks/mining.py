"""Whether text and data mining of a piece is reserved: said by upper rooms, told by its page.

A rule is a pair of functions `() -> Q` of tracks: those of which it is reserved whatever the site
says, and those of which it is open. Where no rule says anything, the site does (NEXUS_MINING).
"""

from collections.abc import Callable
from typing import Any

from django.db.models import BooleanField, Case, Q, Value, When
from django.http.response import HttpResponseBase

from config.lib import headers

Rule = Callable[[], Q]

_rules: list[tuple[Rule, Rule]] = []


def register(reserved: Rule, opened: Rule) -> None:
    """Let an upper room say of which tracks mining is reserved, and of which it is open."""
    _rules.append((reserved, opened))


def told() -> dict[str, Any]:
    """Return the annotation by which a track knows what was said of mining it: yes, no, or None."""
    cases = [When(rule(), then=Value(True)) for rule, _ in _rules]
    cases += [When(rule(), then=Value(False)) for _, rule in _rules]
    return {"mining_said": Case(*cases, default=None, output_field=BooleanField(null=True))}


def is_reserved(track: Any) -> bool:
    """Tell whether mining a track is reserved, which must have come with `told()`."""
    said: bool | None = track.mining_said
    return headers.is_reserved() if said is None else said


def say(response: HttpResponseBase, track: Any) -> None:
    """Say it in an answer about a track, which must have come with `told()`."""
    response.headers[headers.MINING] = str(int(is_reserved(track)))

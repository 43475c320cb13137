"""What keeps a piece from everybody at first, whatever its owner has said: upper rooms say so."""

from collections.abc import Callable

from tracks.models import Track

Rule = Callable[[Track], bool]
_rules: list[Rule] = []


def holds(rule: Rule) -> Rule:
    """Register what may hold a piece that is to become public; it may hold it there and then."""
    _rules.append(rule)
    return rule


def is_held(track: Track) -> bool:
    """Tell whether something keeps a public piece from everybody; needs a transaction.

    Whoever makes a piece public asks this in the same transaction, so that there is no moment in
    between.
    """
    return track.visibility == track.Visibility.PUBLIC and any(rule(track) for rule in _rules)

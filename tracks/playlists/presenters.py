"""What the pages of playlists are given."""

from typing import Any

from tracks.access import Person
from tracks.cards import with_cards
from tracks.criteria.language import MATCHES, RULES_MOST, SORTS, Criteria
from tracks.criteria.registry import FIELDS, OPERATORS
from tracks.criteria.selectors import in_order, keys_of
from tracks.playlists.forms import RulesForm

PREVIEWED = 8  # tracks


def preview(criteria: Criteria | None, viewer: Person) -> dict[str, Any]:
    """Return what the rules choose for this person, and how many it is. Two queries."""
    if criteria is None:
        return {"previewed": False}
    keys = keys_of(criteria, viewer)
    tracks = with_cards(in_order(keys[:PREVIEWED], viewer).for_card())
    more = len(keys) - len(tracks)
    return {"previewed": True, "tracks": tracks, "count": len(keys), "more": more}


def rules_page(form: RulesForm) -> dict[str, Any]:
    """Return the context of the page where rules are written."""
    sorts = [(name, words) for name, (words, _) in SORTS.items()]
    return {
        "form": form,
        "rows": form.shown(),
        "fields": list(FIELDS.values()),
        "operators": list(OPERATORS.items()),
        "matches": list(MATCHES.items()),
        "sorts": sorts,
        "most": RULES_MOST,
        "choices": [
            {"name": field.name, "choices": list(field.choices)}
            for field in FIELDS.values()
            if field.choices
        ],
    }

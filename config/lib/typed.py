"""What was typed into a form that was refused: kept in the session for the next page, once."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

NAME, MOST = "typed", 10_000  # in a session; characters of each field


def keep(request: HttpRequest, place: str, names: Iterable[str] = ("words",)) -> None:
    """Keep what was typed into these fields, for a page with the form of this place.

    `place` tells forms apart that are sent to one address; `lost` is all of it as one text.
    """
    fields = {name: request.POST.get(name, "")[:MOST] for name in names}
    if any(words.strip() for words in fields.values()):
        lost = "\n\n".join(words for words in fields.values() if words.strip())
        request.session[NAME] = {"path": request.path, "place": place, "lost": lost} | fields


def before(request: HttpRequest) -> dict[str, Any]:
    """Return, once, what was typed into a form that was refused; empty for nothing."""
    found: dict[str, Any] = request.session.pop(NAME, None) or {}
    return found

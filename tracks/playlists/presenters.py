"""What the pages of playlists are given."""

from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify

from tracks.access import Person, User
from tracks.cards import with_cards
from tracks.collections import selectors as collecting
from tracks.criteria.language import MATCHES, RULES_MOST, SORTS, Criteria
from tracks.criteria.registry import FIELDS, OPERATORS
from tracks.criteria.selectors import in_order, keys_of
from tracks.hidden_words import shown
from tracks.playlists.formats import m3u8, xspf
from tracks.playlists.formats.lines import Listed

PREVIEWED = 8  # tracks
FORMATS: dict[str, Any] = {"m3u8": m3u8, "xspf": xspf}


def preview(criteria: Criteria | None, viewer: Person) -> dict[str, Any]:
    """Return what the rules choose for this person, and how many it is. Two queries."""
    if criteria is None:
        return {"previewed": False}
    keys = keys_of(criteria, viewer)
    tracks = with_cards(in_order(keys[:PREVIEWED], viewer).for_card())
    more = len(keys) - len(tracks)
    return {"previewed": True, "tracks": tracks, "count": len(keys), "more": more}


def brief(playlist: Any, viewer: User) -> dict[str, Any]:
    """Return what programs are told of a playlist, without what stands in it.

    A query at most, unless it comes `with_hidden`.
    """
    names = ("id", "title", "description_md", "visibility", "is_smart", "revision", "updated_at")
    words = {name: getattr(playlist, name) for name in names}
    words["description_md"] = shown(playlist.description_md, playlist, viewer)
    return words | {"owner": playlist.owner.handle, "url": playlist.get_absolute_url()}


def state(playlist: Any, viewer: User) -> dict[str, Any]:
    """Return what programs are told of a playlist, with all that the viewer may open of it."""
    items = collecting.all_items(playlist, viewer)
    names = {person["id"]: person["handle"] for person in playlist.working}
    names |= {str(playlist.owner_id): playlist.owner.handle}
    return brief(playlist, viewer) | {
        "count": len(items),
        "length_ms": sum(item.track.card.duration_ms or 0 for item in items),
        "items": [_item(item, names) for item in items],
        "rules": playlist.rules if viewer.pk == playlist.owner_id else None,
        "working": [person["handle"] for person in playlist.working],
    }


def _item(item: Any, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": item.pk,
        "track_id": item.track.pk,
        "title": item.track.title,
        "artist": item.track.owner.name,
        "url": item.track.get_absolute_url(),
        "duration_ms": item.track.card.duration_ms,
        "added_by": names.get(str(getattr(item, "added_by_id", "")), ""),
    }


def as_file(what: Listed, form: str) -> HttpResponse:
    """Return a list as a file that a browser keeps."""
    kind, ending = FORMATS[form].NAMES
    name = f"{slugify(what.title)[:60] or 'playlist'}.{ending}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(FORMATS[form].write(what), f"{kind}; charset=utf-8", headers=headers)


def rules_page() -> dict[str, Any]:
    """Return what the page where rules are written offers."""
    sorts = [(name, words) for name, (words, _) in SORTS.items()]
    return {
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

"""What a page tells other sites, in its head."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin

from django import template
from django.template.context import Context
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString

from config.lib.markdown import excerpt
from tracks.embed import structured_data as structured
from tracks.embed.sharing import WIDTH, Shared, Thing, frame, shared
from tracks.hidden_words import shown
from tracks.models import Playlist, Release, Track

register = template.Library()

SENTENCE_CHARS = 200  # more is cut off by whoever shows it


@register.inclusion_tag("components/share_head.html", takes_context=True)
def share_head(
    context: Context,
    thing: Thing,
    duration_ms: int | None = None,
    tracks: Iterable[Track] = (),
    count: int = 0,
) -> dict[str, Any]:
    """Write canonical link, oEmbed discovery, OpenGraph, player card and JSON-LD of a thing.

    A private one is told of to nobody. `tracks` are those its page shows of a list of `count`.
    """
    if not may_tell(context, thing):
        return {}
    absolute = context["request"].build_absolute_uri
    data = _shared(context, thing)
    return {
        "shared": data,
        "description": excerpt(shown(thing.description_md, thing), SENTENCE_CHARS) or data.words,
        "site_name": context["site_name"],
        "width": WIDTH,
        "seconds": round(duration_ms / 1000) if duration_ms else None,
        "structured": structured.script(
            _facts(data, thing, duration_ms, list(tracks), absolute)
            | ({"numTracks": count} if count else {})
        ),
    }


@register.inclusion_tag("components/coming_head.html", takes_context=True)
def coming_head(context: Context, release: Release, there: datetime) -> dict[str, Any]:
    """Write what may be told of a release before its hour (`there`, on its artist's clocks).

    Name and cover, and nothing that plays: no piece, no player, no oEmbed.
    """
    data = _shared(context, release)
    day = date_format(there, "j F Y")
    return {
        "shared": data,
        "has_cover": release.cover_id is not None,
        "site_name": context["site_name"],
        "there": there,
        "words": f"{data.title} by {data.by} comes out on {day}.",
        "structured": structured.script(structured.announcement(data, release, there)),
    }


@register.simple_tag(takes_context=True)
def share_of(context: Context, thing: Thing) -> Shared | None:
    """Return the words and whole addresses of a thing, for its share sheet; None for whoever was
    not given its address."""
    if not may_tell(context, thing):
        return None
    return _shared(context, thing)


def _shared(context: Context, thing: Thing) -> Shared:
    """Return what is told of a thing: the head and the sheet of one page tell the same."""
    request = context["request"]
    known = getattr(request, "_shared", None)
    if known is None or known[0] != thing.pk:
        root = request.build_absolute_uri("/")  # asked once: each time it looks at the host anew
        known = request._shared = thing.pk, shared(thing, partial(urljoin, root))
    data: Shared = known[1]
    return data


def may_tell(context: Context, thing: Thing) -> bool:
    """Tell whether this page may name the address of a thing.

    An unlisted one's address is its key: who came by a review link, say, has another, which ends.
    """
    if thing.visibility == Track.Visibility.UNLISTED:
        return context.get("key") == thing.token or bool(context.get("can_edit"))
    return thing.visibility == Track.Visibility.PUBLIC


@register.simple_tag
def frame_of(data: Shared) -> SafeString:
    """Return the HTML of a frame as a person reads and copies it."""
    # `escape` also escapes what is safe already: it is to be read here, not shown.
    return escape(frame(data, "100%", data.height))


def _facts(
    data: Shared, thing: Thing, duration_ms: int | None, tracks: list[Track], absolute: Any
) -> dict[str, Any]:
    match thing:
        case Release():
            return structured.album(data, thing, tracks, absolute)
        case Playlist():
            return structured.playlist(data, thing, tracks, absolute)
        case _:
            return structured.recording(data, thing, duration_ms)

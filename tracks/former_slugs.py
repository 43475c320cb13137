"""Where a page is now whose address was given up: told to whoever may open it there."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse

from tracks import access
from tracks.models import FormerSlug, Playlist, Release, Track
from tracks.models.slugs import kind_of

KINDS: dict[str, Any] = {kind_of(model): model for model in (Track, Release, Playlist)}


def thing_of(kind: str, slug: str) -> Any:
    """Return the id of what once had this slug; None where nothing had."""
    rows = FormerSlug.objects.filter(slug=slug, **{f"{kind}__isnull": False})
    return rows.values_list(f"{kind}_id", flat=True).first()


def address_now(request: HttpRequest, match: ResolverMatch) -> str | None:
    """Return where the page of this address is now; None where there is none for who asks.

    The address is one with a former `slug` in it; what its query says goes along.
    """
    words: Mapping[str, Any] = match.kwargs
    kind = str(words.get("kind") or match.route.partition("/")[0].removesuffix("s"))
    if kind not in KINDS or "slug" not in words:
        return None
    key = thing_of(kind, words["slug"])
    found = _opened(kind, request).filter(pk=key).values_list("slug", flat=True).first()
    if key is None or found is None:
        return None
    place = reverse(str(match.view_name), kwargs=_in_address(match, found))
    query = request.META.get("QUERY_STRING", "")
    return f"{place}?{query}" if query else place


def _in_address(match: ResolverMatch, slug: str) -> dict[str, Any]:
    """Return what the address names, without what its route adds by itself."""
    added = getattr(match, "extra_kwargs", None) or {}  # the stubs do not know it
    return {name: word for name, word in match.kwargs.items() if name not in added} | {"slug": slug}


def _opened(kind: str, request: HttpRequest) -> Any:
    """Return what the asker may open, by right or by the key in the address."""
    key = request.GET.get("token", "") or request.GET.get("key", "")
    key = key if access.KEY.fullmatch(key) else ""
    if kind == "track":
        return Track.objects.opened_by(request.user, key, request.session)
    rows = KINDS[kind].objects.visible_to(request.user)
    if kind == "release":
        rows |= KINDS[kind].objects.announced(request.user)
    return (rows | KINDS[kind].objects.opened_by_token(key)) if key else rows

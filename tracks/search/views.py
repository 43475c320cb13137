"""Looking for music by words."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.lib.page_cache import cacheable, shows
from config.lib.paging import before_of
from tracks.search import selectors
from tracks.search.registry import found_beside

LONGEST = 200  # characters; nobody types more, and an address has an end


@require_safe
@cacheable("q", "before")
def search(request: HttpRequest) -> HttpResponse:
    """What is published and has every word that was looked for."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    before = before_of(request)
    shows("latest")
    found = selectors.found_by(text, request.user, before)
    following = urlencode({"q": text, "before": found.next_cursor})
    context = {
        "looked_for": text,
        "tracks": found.rows,
        "beside": [] if before or not text else found_beside(text, request.user),
        "next_url": f"?{following}" if found.next_cursor else "",
        "is_first_page": not before,
    }
    return render(request, "tracks/search/search.html", context)

"""Looking for music by words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from config.lib.page_cache import cacheable
from tracks.search import counting, presenters, selectors
from tracks.search.facets import NAMES
from tracks.search.grammar import read

READ = ("q", "type", "not", *NAMES)


@require_safe
@cacheable(*READ, "cursor")
def search(request: HttpRequest) -> HttpResponse:
    """What everybody may find and fits, the best first; operators become chips of the address."""
    wanted = read(dict(request.GET.lists()))
    if wanted.rewritten and not wanted.problems:
        return redirect(f"{request.path}?{wanted.address()}")
    selectors.shown()
    with selectors.bounded():
        context = presenters.page(wanted, request.user, request.GET.get("cursor", ""))
    return render(request, "tracks/search/search.html", context)


@require_safe
@cacheable(*READ)
def counts(request: HttpRequest) -> HttpResponse:
    """How many things are found, and what could be added: a part of the page of a search."""
    wanted = read(dict(request.GET.lists()))
    selectors.shown()
    with selectors.bounded():
        kinds = counting.by_kind(wanted, request.user)
        groups = counting.groups(wanted, request.user)
    context = {
        "kinds": presenters.counted_kinds(wanted, kinds),
        "groups": presenters.groups(wanted, groups),
        "path": request.path.removesuffix("counts/"),
    }
    return render(request, "tracks/search/_counts.html", context)

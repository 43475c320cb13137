"""The doors of browsing: ways in, and the pieces that each leads to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.lib.page_cache import cacheable, shows
from config.lib.paging import before_of
from tracks.browse import presenters, selectors


@require_safe
@cacheable()
def ways_in(request: HttpRequest) -> HttpResponse:
    """By tag, tempo, key, year, licence and label: what leads to something."""
    shows("latest", "tags")
    return render(request, "tracks/browse/browse.html", presenters.ways_in())


@require_safe
@cacheable("before")
def pieces(request: HttpRequest, way: str, word: str) -> HttpResponse:
    """The pieces of one way in, newest first."""
    shows("latest")
    context = presenters.pieces_page(way, word, request.user, before_of(request))
    return render(request, "tracks/browse/pieces.html", context)


@require_safe
@cacheable("before")
def label(request: HttpRequest, slug: str) -> HttpResponse:
    """The pieces that have come out on a label, newest first."""
    found = selectors.label_named(slug, request.user)
    shows("latest", f"label:{found.pk}", f"person:{found.owner_id}")
    context = presenters.label_page(found, request.user, before_of(request))
    return render(request, "tracks/browse/pieces.html", context)


@require_safe
@cacheable("before")
def labels(request: HttpRequest) -> HttpResponse:
    """All labels on which something is out."""
    context = presenters.labels_page(request.user, before_of(request))
    shows("latest", *(f"label:{row['label'].pk}" for row in context["labels"]))
    return render(request, "tracks/browse/labels.html", context)

"""The pages of what sounds alike, goes with it, and lies between two pieces."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.lib import page_cache
from config.lib.page_cache import cacheable
from tracks.alike import presenters
from tracks.models import Track


@require_safe
@cacheable("part")
def similar(request: HttpRequest, slug: str) -> HttpResponse:
    """What is near a track; `part=shelf` is what its own page shows of that."""
    return _similar(request, _visible(request, slug))


@require_safe
def similar_by_token(request: HttpRequest, token: str) -> HttpResponse:
    """The same for an unlisted track: the address is the key."""
    tracks = Track.objects.opened_by_token(token, request.user).select_related("owner")
    response = _similar(request, get_object_or_404(tracks))
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@cacheable("to", "steps")
def path(request: HttpRequest, slug: str) -> HttpResponse:
    """The way to another piece: `to` is its address, or words that it is chosen by."""
    track = _visible(request, slug)
    context = presenters.path_page(
        track,
        request.user,
        to=request.GET.get("to", "").strip(),
        steps=request.GET.get("steps", ""),
    )
    return render(request, "tracks/alike/path.html", context)


def _visible(request: HttpRequest, slug: str) -> Track:
    tracks = Track.objects.visible_to(request.user).select_related("owner")
    track = get_object_or_404(tracks, slug=slug)
    page_cache.shows("latest", f"track:{track.pk}", f"person:{track.owner_id}")
    page_cache.concerns(request, track.owner_id)
    return track


def _similar(request: HttpRequest, track: Track) -> HttpResponse:
    is_shelf = request.GET.get("part") == "shelf"
    make = presenters.shelf if is_shelf else presenters.similar_page
    template = "_shelf" if is_shelf else "similar"
    return render(request, f"tracks/alike/{template}.html", make(track, request.user))

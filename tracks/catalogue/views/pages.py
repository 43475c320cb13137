"""The doors people walk through."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.lib import page_cache
from config.lib.kept_pages import EVERYBODY
from config.lib.page_cache import cacheable
from config.lib.paging import before_of
from tracks import mining
from tracks.catalogue import presenters as pages
from tracks.catalogue import selectors
from tracks.downloads.presenters import differs
from tracks.models import Track


@require_safe
@cacheable("before")
def home(request: HttpRequest) -> HttpResponse:
    """The newest tracks that everybody may hear."""
    before = before_of(request)
    page_cache.shows("latest")
    found = selectors.latest(request.user, before)
    is_empty = not found.rows and not before
    if is_empty:
        page_cache.concerns(request, EVERYBODY)  # who is signed in is asked to begin
    context = {"tracks": found.rows, "next_url": found.next_url, "is_first_page": not before}
    context["may_demo"] = is_empty and getattr(request.user, "acts_as_staff", False)
    return render(request, "tracks/catalogue/home.html", context)


@require_safe
@cacheable("v")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one track."""
    track = selectors.page_of(slug, request.user)
    page_cache.shows(f"track:{track.pk}", f"person:{track.owner_id}")
    page_cache.concerns(request, *track.concerned, *([EVERYBODY] if differs(track) else []))
    return _track_page(request, track)


@require_safe
@login_required
def as_listener(request: HttpRequest, slug: str) -> HttpResponse:
    """Show owners what everybody else would see, whoever may open it now."""
    track = get_object_or_404(Track.objects.for_page(), owner=request.user, slug=slug)
    request.user, request.looks_as_another = AnonymousUser(), True  # type: ignore[attr-defined]
    key = track.token if track.visibility == "unlisted" else ""
    response = _track_page(request, track, key, as_listener=True)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def by_token(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an unlisted track: the address is the key, so it is told to nobody else."""
    tracks = Track.objects.opened_by_token(token, request.user).for_page()
    response = _track_page(request, get_object_or_404(tracks), key=token)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def _track_page(
    request: HttpRequest, track: Track, key: str = "", *, as_listener: bool = False
) -> HttpResponse:
    number = request.GET.get("v", "")
    context = pages.track_page(track, request.user, key=key, number=number)
    context["as_listener"] = as_listener
    if as_listener and not _opens_to(request, track, key):
        context["offers"] = []
    context["is_review"] |= request.user.pk in getattr(track, "concerned", ())
    response = render(request, "tracks/catalogue/track_detail.html", context)
    mining.say(response, track)
    return response


def _opens_to(request: HttpRequest, track: Track, key: str) -> bool:
    """Tell whether whoever looks could open it by themselves, and so be given anything."""
    return Track.objects.opened_by(request.user, key).filter(pk=track.pk).exists()

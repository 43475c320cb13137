"""The doors people walk through."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, user_passes_test
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.page_cache import cacheable
from config.lib.paging import before_of
from config.lib.problems import Problem
from media_pipeline.models import Upload
from media_pipeline.uploads.services import uploads
from tracks.catalogue import presenters as pages
from tracks.catalogue import selectors
from tracks.catalogue.forms import TrackForm
from tracks.catalogue.services import deletion, editing
from tracks.demo import services as demonstration
from tracks.models import Track


@require_safe
@cacheable
def home(request: HttpRequest) -> HttpResponse:
    """The newest tracks that everybody may hear."""
    before = before_of(request)
    found = selectors.latest(request.user, before)
    is_empty = not found.rows and not before
    context = {"tracks": found.rows, "next_url": found.next_url, "is_first_page": not before}
    context["may_demo"] = is_empty and getattr(request.user, "is_staff", False)
    return render(request, "tracks/home.html", context)


@require_safe
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Where music is dropped; the uploader on the page speaks to the API."""
    return render(request, "tracks/upload.html")


@require_safe
@login_required
def my_uploads(request: HttpRequest) -> HttpResponse:
    """Everything the visitor has uploaded, with its state."""
    before = before_of(request)
    found = selectors.own_versions(request.user, before)
    context = {
        "versions": found.rows,
        "can_edit": True,
        "next_url": found.next_url,
        "open_uploads": [] if before else selectors.open_uploads(request.user),
    }
    return render(request, "tracks/my_uploads.html", context)


@require_safe
@cacheable
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one track."""
    tracks = Track.objects.visible_to(request.user).for_page()
    return _track_page(request, get_object_or_404(tracks, slug=slug))


@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an unlisted track: the address is the key, so it is told to nobody else."""
    tracks = Track.objects.opened_by_link(token, request.user).for_page()
    response = _track_page(request, get_object_or_404(tracks), key=token)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def _track_page(request: HttpRequest, track: Track, key: str = "") -> HttpResponse:
    number = request.GET.get("v", "")
    context = pages.track_page(track, request.user, key=key, number=number)
    return render(request, "tracks/track_detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Rename, describe, and choose who may open it."""
    track = get_object_or_404(Track, owner=request.user, slug=slug)
    form = TrackForm(request.POST or None, instance=track)
    if request.method == "POST" and form.is_valid():
        track = editing.edit(track=track, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect(track)
    status = 422 if form.errors else 200
    return render(request, "tracks/track_edit.html", {"track": track, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once more, then remove the track and everything made of it."""
    track = get_object_or_404(Track, owner=request.user, slug=slug)
    if request.method == "GET":
        return render(request, "tracks/track_confirm_delete.html", {"track": track})
    deletion.delete(track=track, by=request.user)
    messages.success(request, f"“{track.title}” was deleted.")
    return redirect("my-uploads")


@require_POST
@login_required
def abort_upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Give up an upload that was not finished."""
    upload = get_object_or_404(Upload, owner=request.user, pk=upload_id)
    try:
        uploads.abort(upload=upload)
        messages.success(request, f"“{upload.filename}” was given up.")
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect("my-uploads")


@require_POST
@user_passes_test(lambda user: user.is_staff, login_url="account_login")
def demo_fill(request: HttpRequest) -> HttpResponse:
    """Let the administrator of an empty site fill it."""
    demonstration.begin()
    messages.success(request, "The first pieces are on their way. They appear here one by one.")
    return redirect("home")

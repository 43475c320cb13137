"""The versions of a track: their history for the owner, and the difference between two of them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.headers import allowing
from config.lib.markdown import to_html
from config.lib.paging import before_of
from config.lib.problems import Problem
from tracks.models import Track, TrackVersion
from tracks.versions import comparison as comparing
from tracks.versions import selectors
from tracks.versions import services as versions
from tracks.versions.forms import VersionForm

RECORDS = allowing("microphone")


@require_safe
@login_required
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of a track, for its owner: words, loudness, and what may be done with each."""
    track = get_object_or_404(Track.objects.select_related("owner"), owner=request.user, slug=slug)
    found = selectors.version_history(track, request.user, before_of(request))
    for version in found.rows:
        version.note_html = to_html(version.note_md)
    context = {"track": track, "versions": found.rows, "next_url": found.next_url, "can_edit": True}
    return render(request, "tracks/versions/versions.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def describe(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Name a version and say what changed."""
    version = _own(request, version_id)
    form = VersionForm(request.POST or None, instance=version)
    if request.method == "POST" and form.is_valid():
        versions.describe(version=version, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("track-versions", version.track.slug)
    context = {"track": version.track, "version": version, "form": form}
    status = 422 if form.errors else 200
    return render(request, "tracks/versions/version_edit.html", context, status=status)


@require_POST
@login_required
def primary(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Let listeners get this version first."""
    return _action(request, version_id, versions.make_primary, "Listeners get {} first now.")


@require_POST
@login_required
def hide(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Keep a version for the owner alone."""
    return _action(request, version_id, versions.hide, "{} is hidden from listeners.")


@require_POST
@login_required
def restore(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show a hidden version again."""
    return _action(request, version_id, versions.restore, "{} is shown to listeners again.")


@require_http_methods(["GET", "POST"])
@login_required
def delete(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Ask once more, then remove a version and everything made of it."""
    if request.method == "POST":
        return _action(request, version_id, versions.delete, "{} was deleted.")
    version = _own(request, version_id)
    context = {"track": version.track, "version": version}
    return render(request, "tracks/versions/version_confirm_delete.html", context)


@require_safe
@login_required
def record(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A microphone, for a new piece or for another version of one."""
    track = get_object_or_404(Track, owner=request.user, slug=slug) if slug else None
    response = render(request, "tracks/versions/record.html", {"track": track})
    response["Permissions-Policy"] = RECORDS
    return response


@require_safe
@never_cache
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions on one axis of time: their waveforms and their loudness."""
    key = request.GET.get("token", "")
    opened = Track.objects.opened_by(request.user, key, request.session)
    track = get_object_or_404(opened.select_related("owner", "primary_version"), slug=slug)
    asked = (request.GET.get("a", ""), request.GET.get("b", ""))
    same_bar = request.GET.get("line") != "second"
    found = comparing.compare(track, request.user, *asked, same_bar=same_bar)
    context = {"track": track, "key": key, "found": found}
    context["has_page"] = not key or key == track.token  # another key has a page of its own
    return render(request, "tracks/versions/comparison.html", context)


def _own(request: HttpRequest, version_id: UUID) -> TrackVersion:
    own = TrackVersion.objects.of_owner(request.user).select_related("track")
    return get_object_or_404(own, pk=version_id)


def _action(
    request: HttpRequest, version_id: UUID, action: Callable[..., object], sentence: str
) -> HttpResponse:
    version = _own(request, version_id)
    name = versions.name_of(version)
    try:
        action(version=version, by=request.user)
        messages.success(request, sentence.format(name))
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect("track-versions", version.track.slug)

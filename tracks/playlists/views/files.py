"""Playlists that come as files, and lists that go as files."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from config.lib import origins
from config.lib.problems import Problem
from tracks.collections.entries import KINDS, Asker
from tracks.playlists import selectors
from tracks.playlists.formats.lines import BYTES_MOST
from tracks.playlists.presenters import as_file
from tracks.playlists.services import files


@require_safe
def export(request: HttpRequest, kind: str, key: str, form: str) -> HttpResponse:
    """Any list as a file, with what the visitor may hear of it."""
    if kind not in KINDS:
        raise Http404
    asker = Asker(request.user, request.GET.get("token", ""), request.session)
    what = selectors.written(kind, key, asker, origins.of_host(request.get_host()))
    return as_file(what, form)


@require_http_methods(["GET", "POST"])
@login_required
def bring(request: HttpRequest) -> HttpResponse:
    """Make a playlist of a file; what is not here is told by its name."""
    context: dict[str, Any] = {"title": request.POST.get("title", ""), "error": ""}
    if request.method == "GET":
        return render(request, "tracks/playlists/import.html", context)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Problem("no-file", "Choose a file first.")
        title = files.title_of(context["title"] or file.name or "")
        data = file.read(BYTES_MOST + 1)
        brought = files.bring(by=request.user, data=data, title=title)
    except Problem as refusal:
        context["error"] = refusal.detail
        return render(request, "tracks/playlists/import.html", context, status=422)
    return render(request, "tracks/playlists/imported.html", {"brought": brought})

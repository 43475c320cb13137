"""Where an owner says what a piece is: all at once, or one field in its place."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib import limits
from config.lib.markdown import to_html
from config.lib.paging import before_of
from config.lib.problems import Problem, json_response
from tracks.catalogue import presenters as pages
from tracks.catalogue.forms import TrackForm
from tracks.catalogue.rules import DESCRIPTION_MOST, LABELS
from tracks.catalogue.services import deletion, editing, revisions
from tracks.covers.presenters import cover_state
from tracks.models import Revision, Track


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that can be said of it; `preview` only shows what the description looks like."""
    track = _own(request, slug)
    form = TrackForm(*_sent(request), instance=track)
    preview = "preview" in request.POST
    if not preview and (saved := _saved(request, form, track)):
        messages.success(request, "Saved.")
        return redirect(saved)
    context: dict[str, Any] = {"track": track, "form": form, "preview_html": ""}
    context["own_cover"] = cover_state(track)
    if preview:
        context["preview_html"] = to_html(request.POST.get("description_md", "")[:DESCRIPTION_MOST])
    status = 422 if form.is_bound and form.errors and not preview else 200
    return render(request, "tracks/catalogue/track_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def edit_field(request: HttpRequest, slug: str, field: str) -> HttpResponse:
    """One field: a page of its own, or for a script the form alone, to stand where the field is."""
    track = _own(request, slug)
    form = TrackForm(*_sent(request), instance=track, only=field)
    if field not in form.base_fields.keys() & LABELS.keys():
        raise Http404
    if saved := _saved(request, form, track):
        if _is_script(request):
            return JsonResponse({"url": saved.get_absolute_url()})
        messages.success(request, "Saved.")
        return redirect(saved)
    page = "_field" if _is_script(request) else "track_field"
    context = {"track": track, "form": form, "field_name": field, "next": track.get_absolute_url()}
    status = 422 if form.errors else 200
    return render(request, f"tracks/catalogue/{page}.html", context, status=status)


@require_POST
@login_required
def preview(request: HttpRequest) -> HttpResponse:
    """Show what a text in Markdown will look like, as far as a description may reach."""
    try:
        limits.spend("preview", request.user.pk)
    except Problem as refusal:
        return json_response(refusal)
    text = request.POST.get("text", "")[:DESCRIPTION_MOST]
    response = render(request, "tracks/catalogue/_preview.html", {"preview_html": to_html(text)})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@login_required
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """What was said before, newest first."""
    track = _own(request, slug)
    context = pages.history_page(track, before_of(request))
    return render(request, "tracks/catalogue/track_history.html", context)


@require_POST
@login_required
def undo(request: HttpRequest, slug: str, revision: UUID) -> HttpResponse:
    """Take one save back."""
    track = _own(request, slug)
    found = get_object_or_404(Revision, track=track, pk=revision)
    try:
        track = revisions.undo(revision=found, by=request.user)
        messages.success(request, "Undone. The undoing stands in the history, too.")
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect("track-history", track.slug)


@require_http_methods(["GET", "POST"])
@login_required
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once more, then close it to everybody; it can be brought back for 30 days."""
    track = _own(request, slug)
    if request.method == "GET":
        return render(request, "tracks/catalogue/track_confirm_delete.html", {"track": track})
    deletion.delete(track=track, by=request.user)
    sentence = f"“{track.title}” was deleted. You can bring it back under “Deleted” for 30 days."
    messages.success(request, sentence)
    return redirect("my-uploads")


def _own(request: HttpRequest, slug: str) -> Track:
    return get_object_or_404(Track, owner=request.user, slug=slug)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _saved(request: HttpRequest, form: TrackForm, track: Track) -> Track | None:
    """Return the track as it is now; None where the form was not sent, or says why not."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return editing.edit(track=track, by=request.user, **form.words)
    except Problem as refusal:
        form.refuse(refusal)
        return None


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"

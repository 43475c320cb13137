"""Sending music, and what one has sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.lib.paging import before_of
from config.lib.problems import Problem
from media_pipeline.models import Upload
from media_pipeline.uploads.services import uploads
from tracks.bulk import DEEDS, MOST
from tracks.uploads import presenters, selectors


@require_safe
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Where music is dropped; the uploader on the page speaks to the API."""
    return render(request, "tracks/uploads/upload.html")


@require_safe
@login_required
def my_uploads(request: HttpRequest) -> HttpResponse:
    """Everything the visitor has uploaded, with its state."""
    before = before_of(request)
    found = selectors.own_versions(request.user, before)
    context: dict[str, Any] = {
        "versions": found.rows,
        "can_edit": True,
        "next_url": found.next_url,
        "open_uploads": [] if before else selectors.open_uploads(request.user),
        "deeds": presenters.deeds_for(request.user) if found.rows else [],
        "most": MOST,
    }
    return render(request, "tracks/uploads/my_uploads.html", context)


@require_POST
@login_required
def together(request: HttpRequest) -> HttpResponse:
    """Do something with all pieces that were chosen, and say what was not done."""
    deed = DEEDS.get(request.POST.get("deed", ""))
    asked = request.POST.getlist("track")
    tracks = selectors.chosen(request.user, asked, everything="everything" in request.POST)
    if deed is None or not tracks:
        messages.error(request, "Choose at least one piece, and what to do with it.")
        return redirect("my-uploads")
    try:
        outcome = deed.act(tracks, request.POST, request.user)
    except Problem as refusal:
        messages.error(request, refusal.detail)
        return redirect("my-uploads")
    for level, sentence in presenters.result_of(deed, outcome, asked=len(set(asked))):
        messages.add_message(request, level, sentence)
    return redirect(outcome.place or "my-uploads")


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

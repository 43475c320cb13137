"""Sending music, and what one has sent."""

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
from tracks.uploads import selectors


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
    context = {
        "versions": found.rows,
        "can_edit": True,
        "next_url": found.next_url,
        "open_uploads": [] if before else selectors.open_uploads(request.user),
    }
    return render(request, "tracks/uploads/my_uploads.html", context)


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

"""Giving a thing its cover from a page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from config.lib.problems import Problem
from tracks.covers import services as covers
from tracks.models import Release, Track

MODELS: dict[str, Any] = {"track": Track, "release": Release}


@require_POST
@login_required
def change(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Take the picture that was sent, its middle; or take the cover away."""
    if kind not in MODELS:
        raise Http404
    rows = MODELS[kind].objects.select_related("owner")
    thing = get_object_or_404(rows, owner=request.user, pk=id)
    try:
        messages.success(request, _changed(request, thing))
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect(f"{kind}-edit", thing.slug)


def _changed(request: HttpRequest, thing: Any) -> str:
    """Do what was asked for; return the sentence about it."""
    if request.POST.get("what") == "remove":
        covers.remove(thing=thing, by=request.user)
        return "The cover was taken away."
    sent = request.FILES.get("file")
    if sent is None:
        raise Problem("no-cover", "Choose a picture first.")
    data, name = sent.read(covers.MOST_BYTES + 1), sent.name or "cover"
    covers.put(thing=thing, data=data, by=request.user, filename=name)
    return "This is its cover now."

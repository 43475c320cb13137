"""Where an owner gives a track its picture or film."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracks.models import Track
from tracks.visuals import services as visuals
from tracks.visuals.presenters import state_of


@require_safe
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What is there, another one, or none."""
    track = get_object_or_404(Track, owner=request.user, slug=slug)
    context = {"track": track, "visual": state_of(track)}
    return render(request, "tracks/visuals/visual_edit.html", context)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete it."""
    track = get_object_or_404(Track, owner=request.user, slug=slug)
    visuals.remove(track=track, by=request.user)
    messages.success(request, "The cinema shows its own scenes again.")
    return redirect("track-visual", track.slug)

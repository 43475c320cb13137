"""The door of tempo and key."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from tracks.models import Track
from tracks.music_facts import services
from tracks.music_facts.forms import MusicForm


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Say tempo and key of one's own track."""
    track = get_object_or_404(Track, owner=request.user, slug=slug)
    known = {"bpm": track.bpm, "key": track.music_key}
    form = MusicForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        services.say(track=track, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect(track)
    context = {"track": track, "form": form}
    status = 422 if form.errors else 200
    return render(request, "tracks/music_facts/edit.html", context, status=status)

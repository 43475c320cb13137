"""Where an owner says when a single piece comes out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from config.lib.problems import Problem
from tracks.catalogue import presenters as pages
from tracks.catalogue.services import editing, scheduling
from tracks.models import Track
from tracks.visibility.forms import ScheduleForm


@require_http_methods(["GET", "POST"])
@login_required
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Open it now or at an hour, or let fewer people open it."""
    track = get_object_or_404(Track.objects.select_related("owner"), owner=request.user, slug=slug)
    form = ScheduleForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            messages.success(request, _published(track, form.cleaned_data, request.user))
            return redirect("track-publish", slug)
        except Problem as refusal:
            form.add_error(
                "local" if form.cleaned_data["when"] == "later" else None, refusal.detail
            )
    context = pages.publish_page(track) | {"schedule": form}
    page = "tracks/catalogue/track_publish.html"
    return render(request, page, context, status=422 if form else 200)


def _published(track: Track, said: dict[str, Any], by: Any) -> str:
    """Do what was asked for; return the sentence about it."""
    when = said["when"]
    if when == ScheduleForm.NOW:
        scheduling.open_now(track=track, by=by)
        return "It is out. Everybody can hear it."
    if when == ScheduleForm.LATER:
        local, zone = said["local"], said["time_zone"]
        _, note = scheduling.schedule(track=track, local=local, time_zone=zone, by=by)
        return f"It comes out on {local.day} {local:%B %Y at %H:%M} in {zone}. {note}".strip()
    editing.edit(track=track, by=by, release_at=None, visibility=when)
    return "Only whoever has its link can open it." if when == "unlisted" else "It is private."

"""Working on a playlist together: inviting, accepting, leaving."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config.lib import origins
from config.lib.problems import Problem
from tracks.models import Playlist
from tracks.playlists.services import people


@require_http_methods(["GET", "POST"])
@login_required
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works on one's own playlist, and the link by which others join."""
    own = Playlist.objects.filter(owner=request.user, rules__isnull=True)
    playlist: Any = get_object_or_404(own.select_related("invitation"), slug=slug)
    if request.method == "POST":
        try:
            _change(request, playlist)
        except Problem as refusal:
            messages.error(request, refusal.detail)
        return redirect("playlist-people", slug)
    link = getattr(playlist, "invitation", None)
    path = reverse("playlist-join", args=[link.token]) if link else ""
    context = {
        "playlist": playlist,
        "people": playlist.collaborators.select_related("person"),
        "link": origins.absolute(path, origins.of_host(request.get_host())) if path else "",
    }
    return render(request, "tracks/playlists/people.html", context)


def _change(request: HttpRequest, playlist: Playlist) -> None:
    """Do what a form of the page asks for. Raises Problem."""
    words: dict[str, Any] = {"playlist": playlist, "by": request.user}
    match request.POST.get("do", "").partition(":"):
        case "invite", _, _:
            person = _person(request, request.POST.get("handle", ""))
            people.invite(person=person, **words)
            messages.success(request, f"{person.name} was invited.")
        case "remove", _, handle:
            gone = get_object_or_404(playlist.collaborators, person__handle=handle[:30])
            people.end(person=gone.person, **words)
        case "link", _, _:
            people.make_link(**words)
        case "end-link", _, _:
            people.end_link(**words)
        case "rights", _, _:
            people.let_take_out(everything=request.POST.get("all_take_out") == "on", **words)
        case _:
            raise Problem("invalid-input", "Choose what is to be done.")


def _person(request: HttpRequest, text: str) -> Any:
    """Return whom a handle names. Raises Problem: `nobody`."""
    handle = text.strip().lower().removeprefix("@")[:30]
    everybody: Any = get_user_model()._default_manager
    found = everybody.visible_to(request.user).filter(handle=handle).exclude(handle="system")
    if person := found.first():
        return person
    raise Problem("nobody", "Nobody here has this name. It is the word behind the @.", status=404)


@require_http_methods(["GET", "POST"])
@login_required
def together(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept an invitation, or leave."""
    mine = Playlist.objects.filter(collaborators__person=request.user)
    playlist: Any = get_object_or_404(mine.select_related("owner"), slug=slug)
    row = playlist.collaborators.get(person=request.user)
    if request.method == "GET":
        context = {"playlist": playlist, "accepted": row.accepted_at is not None, "token": ""}
        return render(request, "tracks/playlists/together.html", context)
    if request.POST.get("do") == "accept":
        people.accept(playlist=playlist, person=request.user)
        return redirect("playlist-edit", slug)
    people.end(playlist=playlist, person=request.user, by=request.user)
    messages.success(request, f"You work on “{playlist.title}” no longer.")
    return redirect("me")


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Come by an invitation link: say what it is, then join."""
    playlist = people.by_link(token, request.user)
    if playlist is None:
        raise Http404
    if request.method == "GET":
        context = {"playlist": playlist, "accepted": False, "token": token}
        return render(request, "tracks/playlists/together.html", context)
    try:
        joined = people.join(token=token, person=request.user)
    except Problem as refusal:
        messages.error(request, refusal.detail)
        return redirect("me")
    return redirect("playlist-edit", joined.slug)

"""The doors of playlists, and what a release has in common with them: to be made, filled, deleted.

Where a release is shown and changed is a room of its own (`tracks.releases`).
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.page_cache import cacheable, concerns, shows
from config.lib.problems import Problem, json_response
from tracks.collections import ordering
from tracks.collections import presenters as pages_collections
from tracks.collections import selectors as collecting
from tracks.collections import services as collections
from tracks.collections.closed import closed_inside, with_owners_of_closed
from tracks.collections.forms import NEW, PlaylistForm
from tracks.collections.ordering import Beside
from tracks.collections.selectors import MODELS, Collection
from tracks.models import Playlist, Track

STEPS = {"-1", "1"}

EDIT_PAGE = "tracks/collections/collection_edit.html"


@require_safe
@cacheable("after")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One playlist, with what the visitor may hear of it."""
    rows = with_owners_of_closed("playlist", collecting.opened("playlist", request.user))
    rows = collecting.with_those_who_work("playlist", rows)
    found: Any = get_object_or_404(rows, slug=slug)
    tracks, people = closed_inside(found)
    shows(f"list:{found.pk}", f"person:{found.owner_id}", *(f"track:{key}" for key in tracks))
    if collecting.is_smart(found):
        shows("latest")  # any track may stand in it, or no longer
    concerns(request, found.owner_id, *people, *collecting.ids_of_those_who_work(found))
    return _page(request, found)


@require_safe
def by_token(request: HttpRequest, token: str) -> HttpResponse:
    """An unlisted one: the address is the key, so it is told to nobody else."""
    opened = Playlist.objects.opened_by_token(token, request.user).select_related("owner")
    opened = collecting.with_those_who_work("playlist", opened)
    response = _page(request, get_object_or_404(opened), key=token)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, found: Any, key: str = "") -> HttpResponse:
    after = _whole(request.GET.get("after", ""))
    context = pages_collections.collection_page(found, request.user, after=after, key=key)
    return render(request, "tracks/collections/collection_detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def create(request: HttpRequest, kind: str) -> HttpResponse:
    """Give a new one its name; a track that is to stand in it may come along."""
    form = NEW[kind](request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = collections.create(kind=kind, owner=request.user, words=form.cleaned_data)
        if track := _track_named(request):
            _add(request, made, track)
        return redirect(f"{kind}-edit", made.slug)
    context = {"kind": kind, "form": form} | _meant(request)
    status = 422 if form.errors else 200
    return render(request, "tracks/collections/collection_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change its words, who may open it, and the order of what is in it.

    Who works on it without owning it changes the order alone.
    """
    found = (_own if request.method == "POST" else _arranged)(request, "playlist", slug)
    form = PlaylistForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            found = collections.edit(playlist=found, words=form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect(found)
        except Problem as refusal:
            form.add_error(refusal.extra.get("field"), refusal.detail)
    if form.errors:
        found.refresh_from_db()  # the form has put its words into it
    after = _whole(request.GET.get("after", ""))
    context = pages_collections.edit_page(found, request.user, after)
    status = 422 if form.errors else 200
    return render(request, EDIT_PAGE, context | {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def delete(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Ask once more, then remove the list. The tracks stay."""
    found = _own(request, kind, slug)
    if request.method == "GET":
        context = {"collection": found, "kind": kind}
        return render(request, "tracks/collections/collection_confirm_delete.html", context)
    collections.delete(collection=found, by=request.user)
    sentence = f"“{found.title}” was deleted; its tracks are where they were. "
    messages.success(request, sentence + "You can bring it back under “Deleted” for 30 days.")
    return redirect("profile", found.owner.handle)


@require_POST
@login_required
def add(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Put a track at its end."""
    found = _arranged(request, kind, slug)
    track = _track_named(request)
    if track is None:
        messages.error(request, "This track is not open to you (any more).")
        return redirect(f"{kind}-edit", slug)
    _add(request, found, track)
    if request.POST.get("back") == "edit":
        return redirect(f"{reverse(f'{kind}-edit', args=[slug])}#add")
    return redirect(track)


@require_POST
@login_required
def move(request: HttpRequest, slug: str, item: UUID) -> HttpResponse:
    """Let one track stand beside another (`behind`, `before`), or by one `step` up or down."""
    found, asked = _arranged(request, "playlist", slug), request.POST
    if (step := asked.get("step")) in STEPS:
        moved = ordering.step(collection=found, item_id=item, steps=int(step), by=request.user)
    else:
        to = Beside(asked.get("behind"), asked.get("before"))
        moved = ordering.move(collection=found, item_id=item, to=to, by=request.user)
    if moved is None:
        return _gone(request, slug)
    if _is_script(request):
        return JsonResponse({"revision": moved[0], "behind": moved[1]})
    return redirect(f"{reverse('playlist-edit', args=[slug])}#tracks")


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, item: UUID) -> HttpResponse:
    """Take one track out of the list."""
    found = _arranged(request, "playlist", slug)
    try:
        removed = collections.remove(collection=found, item_id=item, by=request.user)
    except Problem as refusal:
        return _refused(request, slug, refusal)
    if removed is None:
        return _gone(request, slug)
    if _is_script(request):
        return JsonResponse({"revision": removed[1]})
    messages.success(request, f"“{removed[0].title}” was taken out.")
    return redirect(f"{reverse('playlist-edit', args=[slug])}#tracks")


@require_safe
@login_required
def collect(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose where a track is to go."""
    opened = Track.objects.opened_by(request.user, request.GET.get("token", ""), request.session)
    track = get_object_or_404(opened.select_related("owner"), slug=slug)
    context = pages_collections.collect_page(track, request.user) | _meant(request)
    return render(request, "tracks/collections/track_collect.html", context)


def _own(request: HttpRequest, kind: str, slug: str) -> Any:
    rows = MODELS[kind].objects.select_related("owner")
    return get_object_or_404(rows, owner=request.user, slug=slug)


def _arranged(request: HttpRequest, kind: str, slug: str) -> Any:
    rows = MODELS[kind].objects.arranged_by(request.user).select_related("owner")
    rows = collecting.with_those_who_work(kind, rows)
    return get_object_or_404(rows, slug=slug)


def _track_named(request: HttpRequest) -> Track | None:
    """Return the track a form names, as far as this person may open it."""
    try:
        named = UUID(request.POST.get("track", ""))
    except ValueError:
        return None
    key = request.POST.get("token", "")
    opened = Track.objects.opened_by(request.user, key, request.session)
    return opened.filter(pk=named).first()


def _meant(request: HttpRequest) -> dict[str, str]:
    """Return what the next form hands on: the track that is to be added, and the key to it."""
    asked = request.POST or request.GET
    return {"named": asked.get("track", ""), "token": asked.get("token", "")}


def _add(request: HttpRequest, to: Collection, track: Track) -> None:
    try:
        collections.add(collection=to, track=track, by=request.user)
        messages.success(request, f"“{track.title}” was added to “{to.title}”.")
    except Problem as refusal:
        messages.error(request, refusal.detail)


def _gone(request: HttpRequest, slug: str) -> HttpResponse:
    gone = Problem("not-found", "This track is no longer in the list.", status=404)
    return _refused(request, slug, gone)


def _refused(request: HttpRequest, slug: str, refusal: Problem) -> HttpResponse:
    if _is_script(request):
        return json_response(refusal)
    messages.error(request, refusal.detail)
    return redirect("playlist-edit", slug)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _whole(text: str) -> int:
    """Read a number from 0 to a million; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0

"""The doors of a release: its page, its countdown, and where its owner makes it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib import page_cache
from config.lib.kept_pages import EVERYBODY
from config.lib.lines import one_line
from config.lib.page_cache import cacheable, concerns, shows
from config.lib.problems import Problem, json_response
from tracks.catalogue.services import editing
from tracks.collections import selectors as collecting
from tracks.collections.closed import closed_inside, with_owners_of_closed
from tracks.downloads.presenters import differs
from tracks.labels import selectors as of_labels
from tracks.models import Release
from tracks.releases import presenters as pages
from tracks.releases import selectors
from tracks.releases.forms import ReleaseForm
from tracks.releases.services import ordering, publishing, words
from tracks.visibility.forms import ScheduleForm

PAGE = "tracks/releases/release_detail.html"
SAID_ANEW = "Its tracks have changed since. Look below at what becomes public, and save again."


@require_safe
@cacheable("after")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One release with what the visitor may hear of it; before its hour, how long that is."""
    rows = with_owners_of_closed("release", collecting.opened("release", request.user))
    found: Any = rows.select_related("owner", "label", "cover").filter(slug=slug).first()
    if found is None:
        return _countdown(request, slug)
    tracks, people = closed_inside(found)
    shows(f"list:{found.pk}", f"person:{found.owner_id}", *(f"track:{key}" for key in tracks))
    concerns(request, found.owner_id, *people, *([EVERYBODY] if differs(found) else []))
    return _page(request, found)


@require_safe
def by_token(request: HttpRequest, token: str) -> HttpResponse:
    """An unlisted one: the address is the key, so it is told to nobody else."""
    opened = Release.objects.opened_by_token(token, request.user)
    found = get_object_or_404(opened.select_related("owner", "label", "cover"))
    response = _page(request, found, key=token)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Where its owner makes it: tracks, discs, words, cover, and when it comes out."""
    found = get_object_or_404(selectors.own(request.user), slug=slug)
    form = ReleaseForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            saved = words.edit(release=found, words=form.cleaned_data, by=request.user)
            messages.success(request, "Saved.")
            return redirect("release-edit", saved.slug)
        except Problem as refusal:
            form.add_error(refusal.extra.get("field"), refusal.detail)
    return _edit_page(request, found, form=form)


@require_POST
@login_required
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Open it now or at an hour, or let fewer people open it."""
    found = get_object_or_404(selectors.own(request.user), slug=slug)
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, found, schedule=form)
    try:
        messages.success(request, _published(request, found, form.cleaned_data))
    except Problem as refusal:
        is_of_hour = form.cleaned_data["when"] == "later" and refusal.type != "changed-since"
        form.add_error("local" if is_of_hour else None, refusal.detail)
        return _edit_page(request, found, schedule=form)
    return redirect(f"{reverse('release-edit', args=[slug])}#publishing")


@require_POST
@login_required
def move(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    """Let one track stand at another place (`to`, from 0)."""
    found = get_object_or_404(selectors.own(request.user), slug=slug)
    to = _whole(request.POST.get("to", ""))
    place = ordering.move(release=found, item_id=item, to=to, by=request.user)
    return _done(request, found) if place is not None else _gone(request, found)


@require_POST
@login_required
def split(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    """Begin a disc with this track, or join it to the disc before."""
    found = get_object_or_404(selectors.own(request.user), slug=slug)
    try:
        there = ordering.split(release=found, item_id=item, by=request.user)
    except Problem as refusal:
        messages.error(request, refusal.detail)
        there = True
    return _done(request, found) if there else _gone(request, found)


@require_POST
@login_required
def rename(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    """Give one of its tracks another title."""
    found = get_object_or_404(selectors.own(request.user), slug=slug)
    place = found.items.filter(pk=item).select_related("track").first()
    if place is None:
        return _gone(request, found)
    title = one_line(request.POST.get("title", ""))[:200].strip()
    if title:
        editing.edit(track=place.track, by=request.user, title=title)
    elif not _is_script(request):
        messages.error(request, "Give the track a title.")
    else:
        return json_response(Problem("invalid-input", "Give the track a title."))
    return _done(request, found)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, item: int) -> HttpResponse:
    """Take one track off the release."""
    found = get_object_or_404(selectors.own(request.user), slug=slug)
    track = ordering.remove(release=found, item_id=item, by=request.user)
    if track is None:
        return _gone(request, found)
    if not _is_script(request):
        messages.success(request, f"“{track.title}” was taken out.")
    return _done(request, found)


def _published(request: HttpRequest, found: Release, said: dict[str, Any]) -> str:
    """Do what was asked for; return the sentence about it."""
    when, by = said["when"], request.user
    fates = selectors.fates_of(found)
    if when in {ScheduleForm.NOW, ScheduleForm.LATER} and said["seen"] not in {"", fates.mark}:
        raise Problem("changed-since", SAID_ANEW, status=409)
    if when == ScheduleForm.NOW:
        publishing.publish(release=found, by=by)
        return f"It is out. Everybody can hear it. {fates.done}".strip()
    if when == ScheduleForm.LATER:
        local, zone = said["local"], said["time_zone"]
        _, note = publishing.schedule(release=found, local=local, time_zone=zone, by=by)
        return f"It comes out on {local.day} {local:%B %Y at %H:%M} in {zone}. {note}".strip()
    opened = [item.track_id for item in selectors.opened_with(found)]
    kept = set(request.POST.getlist("keep"))
    close: list[UUID] = [key for key in opened if str(key) not in kept]
    publishing.withdraw(release=found, visibility=when, close=close, by=by)
    return "Only whoever has its link can open it." if when == "unlisted" else "It is private."


def _countdown(request: HttpRequest, slug: str) -> HttpResponse:
    coming = selectors.announced(slug, request.user)
    if coming is None:
        raise Http404
    found, left = coming
    shows(f"list:{found.pk}", f"person:{found.owner_id}")
    concerns(request, found.owner_id)
    if request.user.pk == found.owner_id:
        return _page(request, found)
    page_cache.turns_in(left.total_seconds())
    context = pages.countdown_page(found, left)
    return render(request, "tracks/releases/release_countdown.html", context)


def _page(request: HttpRequest, found: Any, key: str = "") -> HttpResponse:
    after = _whole(request.GET.get("after", ""))
    context = pages.release_page(found, request.user, after=after, key=key)
    return render(request, PAGE, context)


def _edit_page(
    request: HttpRequest,
    found: Any,
    *,
    form: ReleaseForm | None = None,
    schedule: ScheduleForm | None = None,
) -> HttpResponse:
    found.refresh_from_db()
    after = _whole(request.GET.get("after", ""))
    context = pages.edit_page(found, request.GET.get("q", ""), after=after) | {
        "form": form or ReleaseForm(instance=found),
        "schedule": schedule,
        "labels": of_labels.own(request.user),
    }
    refused = bool((form and form.errors) or (schedule and schedule.errors))
    page = "tracks/releases/release_edit.html"
    return render(request, page, context, status=422 if refused else 200)


def _done(request: HttpRequest, found: Release) -> HttpResponse:
    if _is_script(request):
        return HttpResponse(status=204)
    return redirect(f"{reverse('release-edit', args=[found.slug])}#tracks")


def _gone(request: HttpRequest, found: Release) -> HttpResponse:
    sentence = "This track is no longer on the release."
    if _is_script(request):
        return json_response(Problem("not-found", sentence, status=404))
    messages.error(request, sentence)
    return redirect("release-edit", found.slug)


def _whole(text: str) -> int:
    """Read a number from 0 to a million; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"

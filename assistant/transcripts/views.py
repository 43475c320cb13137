"""Where the words of a piece are read, and changed by its owner."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assistant.transcripts import presenters, selectors
from assistant.transcripts.forms import ImportForm, PassageForm, changed_by, sent_of
from assistant.transcripts.services import asking, editing, lyrics
from config.lib.problems import Problem
from tracks.models import TrackVersion

EDIT = "assistant/transcripts/edit.html"
DONE = {
    "make": "Its words are being written down. That takes about half as long as the piece.",
    "never": "No machine writes its words down from now on.",
    "allow": "Machines may write its words down again.",
    "remove": "The words are gone.",
    "take": "These are the words now.",
    "lyrics": "The lyrics follow the music now.",
    "drop": "Your words stay as they are.",
}


@require_safe
def page(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """All that is said and sung, as text with its times."""
    key = request.GET.get("token", "")
    number = request.GET.get("v", "")
    version = presenters.opened(track_id, request.user, key, request.session, number)
    context = presenters.page(version, request.user, key, _place(request.GET.get("from", "")))
    response = render(request, "assistant/transcripts/page.html", context)
    response["Cache-Control"] = "private, no-store"
    if version.track.visibility != "public":
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@login_required
def state(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """How far the work is, for a page that waits for it."""
    version = _own(request, track_id)
    context = presenters.state_of(version) | {
        "is_polled": "polled" in request.GET,
        "back": _edit_url(version),
    }
    return _private(render(request, "assistant/transcripts/_state.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Change the words, some passages at a time."""
    version = _own(request, track_id)
    begin = _place((request.POST or request.GET).get("from", ""))
    form = PassageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, version, form)
            messages.success(request, "Saved.")
            return redirect(_edit_url(version, begin))
        except Problem as refusal:
            form.add_error(None, refusal.detail)
            return _edit(request, version, begin, refusal.status, form=form)
    return _edit(request, version, begin, 422 if form.is_bound else 200, form=form)


@require_POST
@login_required
def act(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Have the words made, never made, removed; take or leave what else was heard."""
    version, do = _own(request, track_id), request.POST.get("do", "")
    try:
        _act(request, version, do)
        messages.success(request, DONE[do])
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect(_edit_url(version))


@require_POST
@login_required
def speaker(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Call a speaker something else everywhere."""
    version = _own(request, track_id)
    try:
        editing.name_speaker(
            version=version,
            by=request.user,
            revision=_place(request.POST.get("revision", "")),
            speaker=request.POST.get("speaker", ""),
            name=request.POST.get("name", ""),
        )
        messages.success(request, "Saved.")
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect(_edit_url(version))


@require_POST
@login_required
def bring(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """Take the words out of a file."""
    version = _own(request, track_id)
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            revision = _place(request.POST.get("revision", ""))
            rows = form.cleaned_data["file"]
            editing.save(version=version, by=request.user, revision=revision, rows=rows)
            messages.success(request, "These are the words now.")
            return redirect(_edit_url(version))
        except Problem as refusal:
            form.add_error(None, refusal.detail)
            return _edit(request, version, 0, refusal.status, bringing=form)
    return _edit(request, version, 0, 422, bringing=form)


def _save(request: HttpRequest, version: TrackVersion, form: PassageForm) -> None:
    found = selectors.of(version)
    rows = changed_by(found.segments if found else [], sent_of(request.POST))
    if new := form.row():
        rows.append(new)
    revision = _place(request.POST.get("revision", ""))
    editing.save(version=version, by=request.user, revision=revision, rows=rows)


def _act(request: HttpRequest, version: TrackVersion, do: str) -> None:
    by: Any = request.user
    match do:
        case "make":
            asking.ask(version=version, by=by)
        case "never":
            asking.never(track=version.track, by=by)
        case "allow":
            asking.allow(track=version.track, by=by)
        case "remove":
            asking.remove(version=version, by=by)
        case "take":
            revision = _place(request.POST.get("revision", ""))
            editing.take_offer(version=version, by=by, revision=revision)
        case "lyrics":
            lyrics.give_times(version=version, by=by)
        case "drop":
            editing.drop_offer(version=version, by=by)
        case _:
            raise Problem("unknown-action", "That cannot be done here.")


def _edit(
    request: HttpRequest, version: TrackVersion, begin: int, status: int, **forms: Any
) -> HttpResponse:
    context = presenters.edit_page(version, begin)
    context |= {"form": PassageForm(), "bringing": ImportForm()} | forms
    if status != 200 and (sent := sent_of(request.POST)):
        context["passages"] = presenters.sent_back(sent, context["transcript"].segments)
    return _private(render(request, EDIT, context, status=status))


def _own(request: HttpRequest, track_id: UUID) -> TrackVersion:
    number = request.POST.get("v", "") or request.GET.get("v", "")
    return presenters.own(track_id, request.user, number)


def _edit_url(version: TrackVersion, begin: int = 0) -> str:
    words = f"?v={version.number}&from={begin}"
    return reverse("track-transcript-edit", args=[version.track_id]) + words


def _place(words: str) -> int:
    """Return a place or a revision that an address or a form names. Raises Http404."""
    if not words:
        return 0
    if not (words.isascii() and words.isdigit() and len(words) <= 9):
        raise Http404
    return int(words)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response

"""The notes on a piece: the room, and each note's own page for whoever is without scripts.

A script asks with `HX-Request` and gets pieces; everybody else gets pages and is sent on.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.page_cache import cacheable
from config.lib.problems import Problem
from social.models import Note
from social.notes.context import (
    Door,
    attempt,
    find_door,
    find_room,
    is_scripted,
    refuse,
    signed_in,
    told,
)
from social.notes.forms import AssigneeForm, NoteForm, WordsForm
from social.notes.presenters import OpenRoom
from social.notes.selectors.people import assignable, choices_of
from social.notes.services import notes


@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """The notes of one version; POST writes one."""
    if request.method == "POST":
        return _write(request, find_room(request, track_id))
    if request.GET.get("token"):
        return _private(_room_page(request, find_room(request, track_id), NoteForm()))
    return _public_room(request, track_id)  # type: ignore[return-value]


@cacheable
def _public_room(request: HttpRequest, track_id: UUID) -> HttpResponse:
    return _room_page(request, find_room(request, track_id), NoteForm())


def _write(request: HttpRequest, found: OpenRoom) -> HttpResponse:
    form = NoteForm(request.POST)
    outcome = attempt(
        form,
        lambda wished: notes.write(
            version=found.version,
            author=found.rights.viewer,
            body_md=wished["body_md"],
            at_ms=wished["at"],
            until_ms=wished["until"],
            visibility=wished["visibility"],
        ),
    )
    if isinstance(outcome, Note):
        return told(request, found, outcome.pk, status=201)
    if is_scripted(request):
        return refuse(outcome)
    return _private(_room_page(request, found, form, status=outcome.status))


def _room_page(
    request: HttpRequest, found: OpenRoom, form: NoteForm, status: int = 200
) -> HttpResponse:
    context = {
        "room": found,
        "rights": found.rights,
        "track": found.track,
        "found": found.threads(request.GET.get("after", "")),
        "choices": choices_of(found.track, found.rights.viewer),
        "people": assignable(found.track) if found.rights.is_owner else [],
        "form": form,
        "words": WordsForm(auto_id=False),
    }
    name = "social/notes/_notes.html" if is_scripted(request) else "social/notes/notes.html"
    return render(request, name, context, status=status)


@require_safe
def note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """One thread on its own page, with everything one may do there."""
    return _note_page(request, find_door(request, note_id))


def _note_page(request: HttpRequest, door: Door, status: int = 200, **forms: Any) -> HttpResponse:
    threads = door.room.threads(only=[door.root_id]).threads
    if not threads:
        raise Http404
    thread = threads[0]
    said = next(each for each in (thread, *thread.replies) if each.note.pk == door.note.pk)
    context = {
        "room": door.room,
        "track": door.room.track,
        "thread": thread,
        "said": said,
        "reply_form": WordsForm(auto_id="reply_%s"),
        "edit_form": WordsForm(initial={"body_md": door.note.body_md}, auto_id="edit_%s"),
        "assign_form": _assignee_form(door),
    }
    return _private(render(request, "social/notes/note.html", context | forms, status=status))


@require_POST
def reply(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Answer a note."""
    door = find_door(request, note_id)

    def deed(wished: dict[str, Any]) -> Note:
        author, version = door.viewer, door.room.version
        words = wished["body_md"]
        return notes.reply(parent=door.note, author=author, body_md=words, version=version)

    return _with_words(request, door, "reply_form", deed)


@require_POST
def edit(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Change the words of one's own note."""
    door = find_door(request, note_id)

    def deed(wished: dict[str, Any]) -> Note:
        return notes.edit(note=door.note, by=door.viewer, body_md=wished["body_md"])

    return _with_words(request, door, "edit_form", deed)


def _with_words(
    request: HttpRequest, door: Door, name: str, deed: Callable[[dict[str, Any]], Note]
) -> HttpResponse:
    form = WordsForm(request.POST, auto_id=name.replace("form", "%s"))
    outcome = attempt(form, deed)
    if isinstance(outcome, Note):
        return told(request, door.room, door.root_id)
    if is_scripted(request):
        return refuse(outcome)
    return _note_page(request, door, outcome.status, **{name: form})


@require_POST
def remove(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Take a note away."""
    return _deed(request, note_id, lambda door: notes.remove(note=door.note, by=door.viewer))


@require_POST
def resolve(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Mark a note as answered."""

    def deed(door: Door) -> None:
        by, version = signed_in(door.viewer), door.room.version
        notes.resolve(note=door.note, by=by, version=version)

    return _deed(request, note_id, deed)


@require_POST
def reopen(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Open an answered note again."""
    return _deed(
        request, note_id, lambda door: notes.reopen(note=door.note, by=signed_in(door.viewer))
    )


@require_POST
def assign(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Say who sees to a note."""

    def deed(door: Door) -> None:
        by, form = signed_in(door.viewer), _assignee_form(door, request.POST)
        if not form.is_valid():
            raise Problem("not-a-reviewer", "Invite them to review this piece first.")
        notes.assign(note=door.note, by=by, to=form.cleaned_data["to"])

    return _deed(request, note_id, deed)


def _deed(request: HttpRequest, note_id: UUID, deed: Callable[[Door], None]) -> HttpResponse:
    door = find_door(request, note_id)
    try:
        deed(door)
    except Problem as refusal:
        if is_scripted(request):
            return refuse(refusal)
        messages.error(request, refusal.detail)
        return redirect(door.room.url)
    return told(request, door.room, door.root_id)


def _assignee_form(door: Door, data: Any = None) -> AssigneeForm:
    return AssigneeForm(
        data, people=assignable(door.room.track), initial={"to": door.note.assigned_to_id}
    )


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response

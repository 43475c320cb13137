"""What the pages of notes have in common: finding, refusing, and sending on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from config.lib.problems import Problem, json_response
from social.models import Note, User
from social.notes.presenters import NoteQuery, NotesPage, open_notes_page
from social.notes.selectors.places import placed_version
from social.viewers import Viewer, viewer_of

JOINS = ("track__owner", "parent", "version", "user", "guest", "resolution")
FIELDS = {"at_ms": "at", "until_ms": "until"}  # what a service calls what the form calls


@dataclass(frozen=True)
class NoteContext:
    """A note that this visitor may read, in the room it is looked at from."""

    note: Note
    page: NotesPage
    viewer: Viewer

    @property
    def root_id(self) -> UUID:
        """Return the id of the thread."""
        return self.note.parent_id or self.note.pk


def find_notes_page(request: HttpRequest, track_id: UUID) -> NotesPage:
    """Return the room this address asks for; Http404 where it is closed to this visitor."""
    viewer = viewer_of(request, request.GET.get("token", ""))
    page = open_notes_page(viewer, track_id, NoteQuery.read(request.GET.dict()))
    if page is None:
        raise Http404
    return page


def find_note_context(request: HttpRequest, note_id: UUID) -> NoteContext:
    """Return the note, in the version asked for or else its own; Http404 where it is closed."""
    viewer = viewer_of(request, request.GET.get("token", ""))
    notes = Note.objects.readable_by(viewer).select_related(*JOINS)
    note = get_object_or_404(notes, pk=note_id)
    query = NoteQuery.read(request.GET.dict())
    if not query.number:
        shown = placed_version(note, viewer) or note.version
        query = replace(query, number=str(shown.number))
    page = open_notes_page(viewer, note.track_id, query)
    if page is None:
        raise Http404
    return NoteContext(note, page, viewer)


def signed_in(viewer: Viewer) -> Viewer:
    """Return the viewer, who is signed in. Raises Problem `not-signed-in` for guests, visitors."""
    if not isinstance(viewer.user, User):
        raise Problem("not-signed-in", "Sign in to do this.", status=403)
    return viewer


def is_scripted(request: HttpRequest) -> bool:
    """Tell whether a script of the page asks, which wants pieces."""
    return request.headers.get("HX-Request") == "true"


def attempt(form: Form, action: Callable[[dict[str, Any]], Note]) -> Note | Problem:
    """Do the action with what the form says; a refusal is also written beside its field."""
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        return Problem("invalid-note", str(errors[0]), status=422, field=field)
    try:
        return action(form.cleaned_data)
    except Problem as refusal:
        named = str(refusal.extra.get("field", ""))
        field = FIELDS.get(named, named) if named else "body_md"
        form.add_error(field if field in form.fields else None, refusal.detail)
        status = 422 if refusal.status == 400 else refusal.status
        return Problem(refusal.type, refusal.detail, status=status, field=field)


def shown(
    request: HttpRequest, page: NotesPage, root_id: UUID, *, status: int = 200
) -> HttpResponse:
    """Answer a script with the thread as it is now, and send everybody else to it."""
    if is_scripted(request):
        return JsonResponse(page.messages([root_id])[0], status=status)
    return redirect(f"{page.url}#note-{root_id}")


def refuse(problem: Problem) -> HttpResponse:
    """Answer a script with the sentence and the field it is about."""
    return json_response(problem)


def address(name: str, note_id: UUID, page: NotesPage) -> str:
    """Return the address of an action on a note, which leads back to this page."""
    return f"{reverse(name, args=[note_id])}?{page.query}"

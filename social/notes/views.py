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

from config.lib.kept_pages import EVERYBODY
from config.lib.page_cache import cacheable, shows
from config.lib.problems import Problem
from social.models import Note
from social.notes.context import (
    NoteContext,
    attempt,
    find_note_context,
    find_notes_page,
    is_scripted,
    refuse,
    shown,
    signed_in,
)
from social.notes.forms import AssigneeForm, NoteForm, WordsForm
from social.notes.presenters import NotesPage
from social.notes.selectors.people import assignable, choices_of
from social.notes.services import notes
from social.viewers import AS_VISITOR


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, track_id: UUID) -> HttpResponse:
    """The notes of one version; POST writes one."""
    if request.method == "POST":
        return _write(request, find_notes_page(request, track_id))
    if request.GET.get("token") or request.GET.get("as") == AS_VISITOR:
        return _private(_draw_page(request, find_notes_page(request, track_id), NoteForm()))
    return _public_page(request, track_id)  # type: ignore[return-value]


@cacheable("v", "state", "by", "written", "after", own=[EVERYBODY])
def _public_page(request: HttpRequest, track_id: UUID) -> HttpResponse:
    found = find_notes_page(request, track_id)
    shows(f"track:{track_id}", f"notes:{track_id}", f"person:{found.track.owner_id}")
    return _draw_page(request, found, NoteForm())


def _write(request: HttpRequest, found: NotesPage) -> HttpResponse:
    form = NoteForm(request.POST)
    outcome = attempt(
        form,
        lambda fields: notes.write(
            version=found.version,
            author=found.rights.viewer,
            body_md=fields["body_md"],
            at_ms=fields["at"],
            until_ms=fields["until"],
            visibility=fields["visibility"],
        ),
    )
    if isinstance(outcome, Note):
        return shown(request, found, outcome.pk, status=201)
    if is_scripted(request):
        return refuse(outcome)
    return _private(_draw_page(request, found, form, status=outcome.status))


def _draw_page(
    request: HttpRequest, found: NotesPage, form: NoteForm, status: int = 200
) -> HttpResponse:
    context = {
        "page": found,
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
    return _note_page(request, find_note_context(request, note_id))


def _note_page(
    request: HttpRequest, opened: NoteContext, status: int = 200, **forms: Any
) -> HttpResponse:
    threads = opened.page.threads(only=[opened.root_id]).threads
    if not threads:
        raise Http404
    thread = threads[0]
    entry = next(each for each in (thread, *thread.replies) if each.note.pk == opened.note.pk)
    context = {
        "page": opened.page,
        "track": opened.page.track,
        "thread": thread,
        "entry": entry,
        "reply_form": WordsForm(auto_id="reply_%s"),
        "edit_form": WordsForm(initial={"body_md": opened.note.body_md}, auto_id="edit_%s"),
        "assign_form": _assignee_form(opened),
    }
    return _private(render(request, "social/notes/note.html", context | forms, status=status))


@require_POST
def reply(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Answer a note."""
    opened = find_note_context(request, note_id)

    def action(fields: dict[str, Any]) -> Note:
        author, version = opened.viewer, opened.page.version
        words = fields["body_md"]
        return notes.reply(parent=opened.note, author=author, body_md=words, version=version)

    return _with_words(request, opened, "reply_form", action)


@require_POST
def edit(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Change the words of one's own note."""
    opened = find_note_context(request, note_id)

    def action(fields: dict[str, Any]) -> Note:
        return notes.edit(note=opened.note, by=opened.viewer, body_md=fields["body_md"])

    return _with_words(request, opened, "edit_form", action)


def _with_words(
    request: HttpRequest, opened: NoteContext, name: str, action: Callable[[dict[str, Any]], Note]
) -> HttpResponse:
    form = WordsForm(request.POST, auto_id=name.replace("form", "%s"))
    outcome = attempt(form, action)
    if isinstance(outcome, Note):
        return shown(request, opened.page, opened.root_id)
    if is_scripted(request):
        return refuse(outcome)
    return _note_page(request, opened, outcome.status, **{name: form})


@require_POST
def remove(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Delete a note."""
    return _action(
        request, note_id, lambda opened: notes.remove(note=opened.note, by=opened.viewer)
    )


@require_POST
def resolve(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Resolve a note."""

    def action(opened: NoteContext) -> None:
        by, version = signed_in(opened.viewer), opened.page.version
        notes.resolve(note=opened.note, by=by, version=version)

    return _action(request, note_id, action)


@require_POST
def reopen(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Open a resolved note again."""
    return _action(
        request, note_id, lambda opened: notes.reopen(note=opened.note, by=signed_in(opened.viewer))
    )


@require_POST
def assign(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Say who sees to a note."""

    def action(opened: NoteContext) -> None:
        by, form = signed_in(opened.viewer), _assignee_form(opened, request.POST)
        if not form.is_valid():
            raise Problem("not-a-reviewer", "Invite them to review this piece first.")
        notes.assign(note=opened.note, by=by, to=form.cleaned_data["to"])

    return _action(request, note_id, action)


def _action(
    request: HttpRequest, note_id: UUID, action: Callable[[NoteContext], None]
) -> HttpResponse:
    opened = find_note_context(request, note_id)
    try:
        action(opened)
    except Problem as refusal:
        if is_scripted(request):
            return refuse(refusal)
        messages.error(request, refusal.detail)
        return redirect(opened.page.url)
    return shown(request, opened.page, opened.root_id)


def _assignee_form(opened: NoteContext, data: Any = None) -> AssigneeForm:
    return AssigneeForm(
        data, people=assignable(opened.page.track), initial={"to": opened.note.assigned_to_id}
    )


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response

"""`/api/v1/tracks/{id}/notes/` and `/api/v1/notes/{id}/`: notes for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import validated
from config.lib.problems import Problem
from social.accounts.selectors import person
from social.models import Note
from social.notes.context import JOINS, signed_in
from social.notes.presenters import NoteQuery, NotesPage, open_notes_page
from social.notes.selectors.places import placed_version
from social.notes.serializers import Assignee, NewNote, NotePage, NoteSerializer, Words, describe
from social.notes.services import notes
from social.viewers import Viewer, viewer_of

TOKEN = OpenApiParameter("token", str, description="The key of an unlisted track or review link.")
LIST_WORDS = [
    TOKEN,
    OpenApiParameter("v", int, description="Number of the version; the primary one without it."),
    OpenApiParameter("state", str, enum=["open", "resolved"]),
    OpenApiParameter("by", str, description="Id of a writer, or of whom it was given to."),
    OpenApiParameter("written", int, description="Number of the version it was written on."),
    OpenApiParameter("after", str, description="`next` of the page before."),
]
NO_STORE = {"Cache-Control": "no-store"}


class NotesView(APIView):
    """The notes that stand in one version of a track."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="notes_list", parameters=LIST_WORDS, responses=NotePage)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell a page of notes in the order of their moments, with what was answered to them."""
        page = _page(request, id)
        found = page.threads(request.query_params.get("after", ""))
        answer = {
            "notes": [describe(thread) for thread in found.threads],
            "next": found.next_cursor or None,
        }
        return Response(NotePage(answer).data, headers=NO_STORE)

    @extend_schema(
        operation_id="note_create",
        parameters=LIST_WORDS[:2],
        request=NewNote,
        responses={201: NoteSerializer},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Write a note, or answer one (`parent`), on the version asked for."""
        page = _page(request, id)
        fields = validated(NewNote, request)
        author = page.rights.viewer
        if fields.get("parent"):
            parent = _find(page.rights.viewer, fields["parent"], track_id=id)
            words, version = fields["body"], page.version
            note = notes.reply(parent=parent, author=author, body_md=words, version=version)
        else:
            note = notes.write(
                version=page.version,
                author=author,
                body_md=fields["body"],
                at_ms=fields["at_ms"],
                until_ms=fields.get("until_ms"),
                visibility=fields["visibility"],
            )
        return _data(page.rights.viewer, note, status.HTTP_201_CREATED)


class NoteView(APIView):
    """One note."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="note", parameters=[TOKEN], responses=NoteSerializer)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell the note, where it was written, and its answers."""
        viewer = _viewer(request)
        return _data(viewer, _find(viewer, id))

    @extend_schema(
        operation_id="note_edit", parameters=[TOKEN], request=Words, responses=NoteSerializer
    )
    def patch(self, request: Request, id: UUID) -> Response:
        """Change the words of one's own note."""
        viewer = _viewer(request)
        note = _find(viewer, id)
        words = validated(Words, request)["body"]
        return _data(viewer, notes.edit(note=note, by=viewer, body_md=words))

    @extend_schema(operation_id="note_remove", parameters=[TOKEN], responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Delete the note; what was answered to it stays."""
        viewer = _viewer(request)
        notes.remove(note=_find(viewer, id), by=viewer)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ResolutionView(APIView):
    """That a note was resolved."""

    @extend_schema(
        operation_id="note_resolve",
        parameters=[TOKEN],
        request=None,
        responses={201: NoteSerializer},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Resolve the note. Asking again changes nothing."""
        viewer = _viewer(request)
        note = _find(viewer, id)
        notes.resolve(note=note, by=signed_in(viewer), version=note.track.primary_version)
        return _data(viewer, note, status.HTTP_201_CREATED)

    @extend_schema(operation_id="note_reopen", parameters=[TOKEN], responses={200: NoteSerializer})
    def delete(self, request: Request, id: UUID) -> Response:
        """Open the note again."""
        viewer = _viewer(request)
        note = _find(viewer, id)
        notes.reopen(note=note, by=signed_in(viewer))
        return _data(viewer, note)


class AssigneeView(APIView):
    """Who sees to a note."""

    @extend_schema(
        operation_id="note_assign",
        parameters=[TOKEN],
        request=Assignee,
        responses={200: NoteSerializer},
    )
    def put(self, request: Request, id: UUID) -> Response:
        """Give the note to the artist or a reviewer, by handle; null gives it to nobody."""
        viewer = _viewer(request)
        note = _find(viewer, id)
        handle = validated(Assignee, request)["handle"]
        to = person(handle, request.user) if handle else None
        if handle and to is None:
            raise Problem("not-a-reviewer", "Invite them to review this piece first.")
        notes.assign(note=note, by=signed_in(viewer), to=to)
        return _data(viewer, note)


def _viewer(request: Request) -> Viewer:
    return viewer_of(request, request.query_params.get("token", ""))


def _page(request: Request, track_id: UUID) -> NotesPage:
    query = NoteQuery.read(request.query_params.dict())
    page = open_notes_page(_viewer(request), track_id, query)
    if page is None:
        raise NotFound
    return page


def _find(viewer: Viewer, note_id: UUID, **more: Any) -> Note:
    found = Note.objects.readable_by(viewer).filter(pk=note_id, **more)
    note = found.select_related(*JOINS, "track__primary_version").first()
    if note is None:
        raise NotFound
    return note


def _data(viewer: Viewer, note: Note, code: int = status.HTTP_200_OK) -> Response:
    """Answer with the note as it stands on the version it was written on, or on another one."""
    root_id = note.parent_id or note.pk
    shown = placed_version(note.parent or note, viewer)
    query = NoteQuery.read({"v": str(shown.number)}) if shown else None
    page = open_notes_page(viewer, note.track_id, query) if query else None
    threads = page.threads(only=[root_id]).threads if page else []
    for thread in threads:
        for each in (thread, *thread.replies):
            if each.note.pk == note.pk:
                return Response(NoteSerializer(describe(each)).data, status=code, headers=NO_STORE)
    raise NotFound

"""What people say, below `/api/v1/`."""

from django.urls import path

from social.accounts import me_api as me
from social.exports import api as exports
from social.notes import api as notes

urlpatterns = [
    path("me/marks/", me.MarksView.as_view(), name="api-me-marks"),
    path("me/exports/", exports.ExportsView.as_view(), name="api-exports"),
    path("me/exports/<uuid:id>/", exports.ExportView.as_view(), name="api-export"),
    path("tracks/<uuid:id>/notes/", notes.NotesView.as_view(), name="api-notes"),
    path("notes/<uuid:id>/", notes.NoteView.as_view(), name="api-note"),
    path("notes/<uuid:id>/resolution/", notes.ResolutionView.as_view(), name="api-note-resolution"),
    path("notes/<uuid:id>/assignee/", notes.AssigneeView.as_view(), name="api-note-assignee"),
]

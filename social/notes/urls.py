"""Notes on the waveform."""

from django.urls import path

from social.notes import views

urlpatterns = [
    path("tracks/<uuid:track_id>/notes/", views.page, name="track-notes"),
    path("notes/<uuid:note_id>/", views.note, name="note"),
    path("notes/<uuid:note_id>/replies/", views.reply, name="note-reply"),
    path("notes/<uuid:note_id>/words/", views.edit, name="note-edit"),
    path("notes/<uuid:note_id>/removal/", views.remove, name="note-remove"),
    path("notes/<uuid:note_id>/resolution/", views.resolve, name="note-resolve"),
    path("notes/<uuid:note_id>/reopening/", views.reopen, name="note-reopen"),
    path("notes/<uuid:note_id>/assignee/", views.assign, name="note-assign"),
]

"""Notes on the waveform, and news of them."""

from django.urls import path

from social.notes import views as views_notes
from social.notifications import views as views_news

urlpatterns = [
    path("tracks/<uuid:track_id>/notes/", views_notes.room, name="track-notes"),
    path("notes/<uuid:note_id>/", views_notes.note, name="note"),
    path("notes/<uuid:note_id>/replies/", views_notes.reply, name="note-reply"),
    path("notes/<uuid:note_id>/words/", views_notes.edit, name="note-edit"),
    path("notes/<uuid:note_id>/removal/", views_notes.remove, name="note-remove"),
    path("notes/<uuid:note_id>/resolution/", views_notes.resolve, name="note-resolve"),
    path("notes/<uuid:note_id>/reopening/", views_notes.reopen, name="note-reopen"),
    path("notes/<uuid:note_id>/assignee/", views_notes.assign, name="note-assign"),
    path("notifications/", views_news.news, name="notifications"),
    path("notifications/read/", views_news.read_all, name="notifications-read"),
    path("notifications/<uuid:news_id>/", views_news.follow, name="notification"),
]

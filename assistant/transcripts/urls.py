"""The words of a piece."""

from django.urls import path

from assistant.transcripts import views

HOME = "tracks/<uuid:track_id>/transcript/"

urlpatterns = [
    path(HOME, views.page, name="track-transcript"),
    path(f"{HOME}state/", views.state, name="track-transcript-state"),
    path(f"{HOME}edit/", views.edit, name="track-transcript-edit"),
    path(f"{HOME}act/", views.act, name="track-transcript-act"),
    path(f"{HOME}speaker/", views.speaker, name="track-transcript-speaker"),
    path(f"{HOME}import/", views.bring, name="track-transcript-import"),
]

"""The pages of tags."""

from django.urls import path

from tracks.tags import views

urlpatterns = [
    path("tags/", views.tags, name="tags"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("tracks/<slug:slug>/tags/", views.edit, name="track-tags"),
    path("tracks/<slug:slug>/tags/<int:id>/", views.act, name="track-tag"),
]

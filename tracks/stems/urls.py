"""The stems of a version."""

from django.urls import path

from tracks.stems import views

urlpatterns = [
    path("versions/<uuid:version_id>/stems/", views.stems, name="stems"),
    path("stems/<uuid:stem_id>/edit/", views.describe, name="stem-edit"),
    path("stems/<uuid:stem_id>/move/", views.move, name="stem-move"),
    path("stems/<uuid:stem_id>/delete/", views.delete, name="stem-delete"),
]

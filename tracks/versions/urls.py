"""The versions of a track."""

from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from tracks.versions import views

urlpatterns = [
    path("record/", views.record, name="record"),
    path("tracks/<slug:slug>/record/", views.record, name="track-record"),
    path("tracks/<slug:slug>/versions/", views.history, name="track-versions"),
    path("tracks/<slug:slug>/comparison/", views.comparison, name="track-comparison"),
    path(
        "tracks/<slug:slug>/difference/",  # what the comparison was once called
        require_safe(
            RedirectView.as_view(pattern_name="track-comparison", query_string=True, permanent=True)
        ),
        name="track-difference",
    ),
    path("versions/<uuid:version_id>/edit/", views.describe, name="version-edit"),
    path("versions/<uuid:version_id>/primary/", views.primary, name="version-primary"),
    path("versions/<uuid:version_id>/hide/", views.hide, name="version-hide"),
    path("versions/<uuid:version_id>/show/", views.restore, name="version-restore"),
    path("versions/<uuid:version_id>/delete/", views.delete, name="version-delete"),
]

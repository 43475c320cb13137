"""People's pages."""

from django.urls import include, path

from social import views

urlpatterns = [
    path("", include("social.urls_review")),
    path("", include("social.urls_notes")),
    path("@<str:handle>/", views.profile, name="profile"),
    path("@<str:handle>/releases/", views.shelf, {"kind": "release"}, name="profile-releases"),
    path("@<str:handle>/playlists/", views.shelf, {"kind": "playlist"}, name="profile-playlists"),
]

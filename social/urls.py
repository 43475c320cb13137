"""People's pages."""

from django.urls import include, path

from social.profiles import views

urlpatterns = [
    path("", include("social.review.urls")),
    path("", include("social.notes.urls")),
    path("@<str:handle>/", views.profile, name="profile"),
    path("@<str:handle>/releases/", views.shelf, {"kind": "release"}, name="profile-releases"),
    path("@<str:handle>/playlists/", views.shelf, {"kind": "playlist"}, name="profile-playlists"),
]

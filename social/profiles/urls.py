"""People's pages."""

from django.urls import path

from social.profiles import views

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/menu/", views.menu, name="me-menu"),
    path("@<str:handle>/", views.profile, name="profile"),
    path("@<str:handle>/releases/", views.section, {"kind": "release"}, name="profile-releases"),
    path("@<str:handle>/playlists/", views.section, {"kind": "playlist"}, name="profile-playlists"),
]

"""People's pages."""

from django.urls import path

from social.profiles.views import editing, pages, press

urlpatterns = [
    path("me/page/", editing.page, name="artist-page"),
    path("me/page/sections/<slug:section>/move/", editing.move, name="artist-section-move"),
    path("me/page/pictures/", editing.add, name="artist-picture-add"),
    path("me/page/pictures/<uuid:picture_id>/", editing.change, name="artist-picture-change"),
    path(
        "me/page/pictures/<uuid:picture_id>/original/",
        editing.original,
        name="artist-picture-original",
    ),
    path("@<str:handle>/press/", press.press, name="artist-press"),
    path("@<str:handle>/pictures/<uuid:picture_id>/", press.picture, name="artist-picture"),
    path("me/", pages.me, name="me"),
    path("me/menu/", pages.menu, name="me-menu"),
    path("@<str:handle>/", pages.profile, name="profile"),
    path("@<str:handle>/releases/", pages.section, {"kind": "release"}, name="profile-releases"),
    path("@<str:handle>/playlists/", pages.section, {"kind": "playlist"}, name="profile-playlists"),
]

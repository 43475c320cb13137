"""The pages of names, and of who made what."""

from django.urls import path

from tracks.credits import views

urlpatterns = [
    path("artists/<slug:slug>/", views.artist, name="artist"),
    path("artists/<slug:slug>/releases/", views.releases, name="artist-releases"),
    path("artists/<slug:slug>/claim/", views.claim, name="artist-claim"),
    path("artists/<slug:slug>/own/", views.own, name="artist-own"),
    path("artists/<slug:slug>/give-up/", views.give_up, name="artist-give-up"),
    path("credits/<uuid:id>/link/", views.link, name="credit-link"),
    path("tracks/<slug:slug>/credits/", views.edit, {"kind": "track"}, name="track-credits"),
    path("releases/<slug:slug>/credits/", views.edit, {"kind": "release"}, name="release-credits"),
]

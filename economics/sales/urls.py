"""Where an artist says what a copy costs, and a buyer takes it over."""

from django.urls import path

from economics.sales import views

OF_TRACK, OF_RELEASE = {"kind": "track"}, {"kind": "release"}

urlpatterns = [
    path("tracks/<slug:slug>/price/", views.price, OF_TRACK, name="track-price"),
    path("tracks/<slug:slug>/price/end/", views.end, OF_TRACK, name="track-price-end"),
    path("releases/<slug:slug>/price/", views.price, OF_RELEASE, name="release-price"),
    path("releases/<slug:slug>/price/end/", views.end, OF_RELEASE, name="release-price-end"),
    path("bought/<slug:key>/", views.claim, name="bought"),
]

"""Giving a thing its cover from a page, with or without scripts."""

from django.urls import path

from tracks.covers import views

urlpatterns = [
    path("covers/<str:kind>/<uuid:id>/", views.change, name="cover-change"),
]

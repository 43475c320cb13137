"""Finding tracks."""

from django.urls import path

from tracks.search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/passages/", views.passages, name="search-passages"),
    path("search/counts/", views.counts, name="search-counts"),
]

"""The pages of tracks."""

from django.urls import include, path

from tracks.catalogue import views
from tracks.search import views as views_search

urlpatterns = [
    path("", include("tracks.processing.urls")),
    path("", include("tracks.stems.urls")),
    path("", include("tracks.collections.urls")),
    path("", include("tracks.embed.urls")),
    path("", include("tracks.versions.urls")),
    path("", include("tracks.visuals.urls")),
    path("", views.home, name="home"),
    path("search/", views_search.search, name="search"),
    path("demo/", views.demo_fill, name="demo-fill"),
    path("upload/", views.upload, name="upload"),
    path("my/uploads/", views.my_uploads, name="my-uploads"),
    path("my/uploads/<uuid:upload_id>/abort/", views.abort_upload, name="upload-abort"),
    path("t/<str:token>/", views.by_link, name="track-unlisted"),
    path("tracks/<slug:slug>/", views.detail, name="track-detail"),
    path("tracks/<slug:slug>/edit/", views.edit, name="track-edit"),
    path("tracks/<slug:slug>/delete/", views.delete, name="track-delete"),
]

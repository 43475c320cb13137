"""The pages of releases; making, deleting and adding to one is as for any list."""

from django.urls import path

from tracks.releases import views

urlpatterns = [
    path("rel/<str:token>/", views.by_token, name="release-unlisted"),
    path("releases/<slug:slug>/", views.detail, name="release-detail"),
    path("releases/<slug:slug>/edit/", views.edit, name="release-edit"),
    path("releases/<slug:slug>/publish/", views.publish, name="release-publish"),
    path("releases/<slug:slug>/tracks/<int:item>/move/", views.move, name="release-move"),
    path("releases/<slug:slug>/tracks/<int:item>/disc/", views.split, name="release-disc"),
    path("releases/<slug:slug>/tracks/<int:item>/title/", views.rename, name="release-rename"),
    path("releases/<slug:slug>/tracks/<int:item>/remove/", views.remove, name="release-remove"),
]

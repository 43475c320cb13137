"""Pages for those who build something of their own on the site."""

from django.urls import path

from tracks.docs import views

urlpatterns = [
    path("docs/events/", views.events, name="docs-events"),
    path("docs/kept/", views.kept, name="docs-kept"),
]

"""The pages of labels."""

from django.urls import path

from tracks.labels import views

urlpatterns = [
    path("labels/<slug:slug>/", views.detail, name="label"),
    path("labels/<slug:slug>/edit/", views.edit, name="label-edit"),
    path("labels/<slug:slug>/delete/", views.delete, name="label-delete"),
]

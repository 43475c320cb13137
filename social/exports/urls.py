"""One's own data."""

from django.urls import path

from social.exports import views

urlpatterns = [
    path("accounts/data/", views.data, name="exports"),
    path("accounts/data/make/", views.make, name="export-make"),
    path("accounts/data/<uuid:export_id>/archive.zip", views.download, name="export-download"),
]

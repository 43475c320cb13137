"""A contribution behind its key, and what an artist was given."""

from django.urls import path

from economics.contributions import views

urlpatterns = [
    path("support/given/<str:key>/", views.contribution, name="contribution"),
    path("support/given/<str:key>/cancel/", views.cancel, name="contribution-cancel"),
    path("me/received/", views.received, name="received"),
    path("me/received/<uuid:id>/confirm/", views.confirm, name="received-confirm"),
]

"""Leaving; beside the other pages of one's account."""

from django.urls import path

from social.departure import views

urlpatterns = [
    path("accounts/delete/", views.departure, name="departure"),
    path("accounts/delete/keep/", views.keep, name="departure-keep"),
]

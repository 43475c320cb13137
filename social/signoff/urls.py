"""Signing a track off."""

from django.urls import path

from social.signoff import views

urlpatterns = [path("tracks/<slug:slug>/sign-off/", views.sign_off, name="sign-off")]

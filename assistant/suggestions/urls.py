"""Answering what a machine proposes."""

from django.urls import path

from assistant.suggestions import views

urlpatterns = [path("suggestions/<uuid:id>/", views.decide, name="suggestion")]

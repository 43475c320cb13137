"""Talking with moderators."""

from django.urls import path

from moderation.talks import views

urlpatterns = [
    path("talks/<str:key>/", views.talk, name="talk"),
    path("report/<str:key>/talk/", views.answer_as_reporter, name="report-talk"),
]

"""Appealing."""

from django.urls import path

from moderation.appeals import views

urlpatterns = [
    path("decisions/<str:key>/appeal/", views.appeal, name="decision-appeal"),
    path("report/<str:key>/appeal/", views.appeal_as_reporter, name="report-appeal"),
]

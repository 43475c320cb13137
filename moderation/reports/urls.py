"""Reporting."""

from django.urls import path

from moderation.reports import views

urlpatterns = [
    path("report/", views.report, name="report"),
    path("report/<str:key>/", views.track, name="report-track"),
]

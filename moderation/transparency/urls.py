"""Figures of moderation."""

from django.urls import path

from moderation.transparency import views

urlpatterns = [
    path("transparency/", views.page, name="transparency"),
    path("transparency.json", views.as_json, name="transparency-json"),
    path("transparency.csv", views.as_csv, name="transparency-csv"),
]

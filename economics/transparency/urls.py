"""Figures of money."""

from django.urls import path

from economics.transparency import views

urlpatterns = [
    path("transparency/money/", views.page, name="money"),
    path("transparency/money.json", views.as_json, name="money-json"),
    path("transparency/money.csv", views.as_csv, name="money-csv"),
    path("transparency/money/check.py", views.script, name="money-check"),
]

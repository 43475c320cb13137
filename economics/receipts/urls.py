"""Receipts, behind the key of what was given."""

from django.urls import path

from economics.receipts import views

urlpatterns = [path("support/given/<str:key>/receipt/", views.receipt, name="receipt")]

"""Proofs of givers."""

from django.urls import path

from economics.proofs import views

urlpatterns = [
    path("me/contributions/<uuid:id>/proof.json", views.own, name="contribution-proof"),
    path("contributions/<str:key>/proof.json", views.by_key, name="contribution-proof-by-key"),
]

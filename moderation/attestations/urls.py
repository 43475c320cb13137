"""What is confirmed by whoever opens a piece to others."""

from django.urls import path

from moderation.attestations import views

urlpatterns = [path("attestation/", views.text, name="attestation")]

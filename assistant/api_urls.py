"""Where machines read, below `/api/v1/`."""

from django.urls import path

from assistant.consent import api as consent

urlpatterns = [
    path("tracks/<uuid:id>/consent/", consent.ConsentView.as_view(), name="api-track-consent"),
]

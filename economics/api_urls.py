"""Money, below `/api/v1/`."""

from django.urls import path

from economics.charities import api as charities

urlpatterns = [
    path("charities/", charities.CharitiesView.as_view(), name="api-charities"),
    path("charities/<slug:slug>/", charities.CharityView.as_view(), name="api-charity"),
]

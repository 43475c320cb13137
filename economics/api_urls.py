"""Money, below `/api/v1/`."""

from django.urls import path

from economics.sales import api as sales

urlpatterns = [
    path("tracks/<uuid:id>/price/", sales.TrackPriceView.as_view(), name="api-track-price"),
    path("releases/<uuid:id>/price/", sales.ReleasePriceView.as_view(), name="api-release-price"),
]

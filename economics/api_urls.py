"""Money, below `/api/v1/`."""

from django.urls import path

from economics.charities import api as charities
from economics.giving import api as giving

urlpatterns = [
    path("charities/", charities.CharitiesView.as_view(), name="api-charities"),
    path("charities/<slug:slug>/", charities.CharityView.as_view(), name="api-charity"),
    path("contributions/", giving.ContributionsView.as_view(), name="api-contributions"),
    path("me/contributions/", giving.OwnContributionsView.as_view(), name="api-my-contributions"),
]

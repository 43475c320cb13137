"""Money, below `/api/v1/`."""

from django.urls import path

from economics.giving import api as giving

urlpatterns = [
    path("contributions/", giving.ContributionsView.as_view(), name="api-contributions"),
    path("me/contributions/", giving.OwnContributionsView.as_view(), name="api-my-contributions"),
]

"""Money, below `/api/v1/`."""

from django.urls import path

from economics.charities import api as charities
from economics.earnings import api as earnings
from economics.giving import api as giving
from economics.pay_links import api as pay_links
from economics.payouts import api as payouts
from economics.proofs import api as proofs
from economics.sales import api as sales

urlpatterns = [
    path("charities/", charities.CharitiesView.as_view(), name="api-charities"),
    path("charities/<slug:slug>/", charities.CharityView.as_view(), name="api-charity"),
    path("contributions/", giving.ContributionsView.as_view(), name="api-contributions"),
    path("me/contributions/", giving.OwnContributionsView.as_view(), name="api-my-contributions"),
    path(
        "me/contributions/<uuid:id>/proof/",
        proofs.ProofView.as_view(),
        name="api-my-contribution-proof",
    ),
    path("me/earnings/", earnings.EarningsView.as_view(), name="api-my-earnings"),
    path("me/pay-links/", pay_links.PayLinksView.as_view(), name="api-my-pay-links"),
    path("me/pay-links/<uuid:id>/", pay_links.PayLinkView.as_view(), name="api-my-pay-link"),
    path("me/payouts/", payouts.PayoutsView.as_view(), name="api-my-payouts"),
    path("me/payouts/<uuid:id>/", payouts.PayoutView.as_view(), name="api-my-payout"),
    path("tracks/<uuid:id>/price/", sales.TrackPriceView.as_view(), name="api-track-price"),
    path("releases/<uuid:id>/price/", sales.ReleasePriceView.as_view(), name="api-release-price"),
]

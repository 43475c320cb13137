"""Money, below `/api/v1/`."""

from django.urls import path

from economics.proofs import api as proofs

urlpatterns = [
    path(
        "me/contributions/<uuid:id>/proof/",
        proofs.ProofView.as_view(),
        name="api-my-contribution-proof",
    ),
]

"""`/api/v1/me/contributions/{id}/proof/`: that what one gave is in the totals, for programs."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE
from economics.models import Contribution
from economics.proofs import selectors
from economics.proofs.serializers import ProofTold


class ProofView(APIView):
    """The proof of a contribution of one's own."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_contribution_proof", responses=ProofTold)
    def get(self, request: Request, id: UUID) -> Response:
        """Tell what proves that it is in the published totals."""
        given = Contribution.objects.filter(pk=id, giver=request.user.pk).first()
        if given is None:
            raise NotFound
        return Response(ProofTold(selectors.proof(given)).data, headers=NO_STORE)

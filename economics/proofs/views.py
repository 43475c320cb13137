"""A giver's proof that what they gave is in the totals that were published."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from economics.models import Contribution
from economics.proofs import selectors


@require_safe
@login_required
def own(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give the proof of a contribution of one's own."""
    user: Any = request.user
    return _told(get_object_or_404(Contribution, pk=id, giver=user))


@require_safe
def by_key(request: HttpRequest, key: str) -> HttpResponse:
    """Give it to whoever holds the contribution's key: an account is needed for nothing."""
    return _told(get_object_or_404(Contribution, key=key))


def _told(given: Contribution) -> HttpResponse:
    response = JsonResponse(selectors.proof(given))
    response["Content-Disposition"] = f'attachment; filename="proof-{given.pk}.json"'
    response["Cache-Control"] = "private, no-store"
    return response

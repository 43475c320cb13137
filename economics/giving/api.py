"""`/api/v1/contributions/`: giving, for programs; and what one gave."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from config.lib.client import client_key
from config.lib.problems import Problem
from economics.contributions.selectors import given_by
from economics.giving import rules, selectors
from economics.giving.selectors import PERSON, RELEASE, TRACK, Target
from economics.giving.serializers import ContributionList, ContributionTold, NewContribution, told
from economics.giving.services import Wish, give
from economics.models import Charity
from social.models import User
from social.viewers import viewer_of

KEY_CHARS = 200
ONCE = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Sent again with the same key, the same contribution is answered.",
)


class ContributionsView(APIView):
    """Giving, with or without an account."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="contribute",
        parameters=[ONCE],
        request=NewContribution,
        responses={201: ContributionTold},
    )
    def post(self, request: Request) -> Response:
        """Declare a contribution; its page, at `url`, says how to pay."""
        words = validated(NewContribution, request)
        once = request.headers.get("Idempotency-Key", "")
        if len(once) > KEY_CHARS:
            raise Problem("invalid-input", f"An Idempotency-Key has at most {KEY_CHARS} letters.")
        by = request.user if isinstance(request.user, User) else None
        made = give(_wish(request, words), by=by, source=client_key(request), once=once)
        return Response(told(made), status=status.HTTP_201_CREATED, headers=NO_STORE)


class OwnContributionsView(APIView):
    """What one gave."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        operation_id="me_contributions",
        parameters=[OpenApiParameter("before", str, description="`next` of the answer before.")],
        responses=ContributionList,
    )
    def get(self, request: Request) -> Response:
        """Tell what one gave, newest first."""
        page = given_by(request.user, request.query_params.get("before", ""))
        rows = [told(row) for row in page.rows]
        return Response({"results": rows, "next": page.next_cursor or None}, headers=NO_STORE)


def _wish(request: Request, words: dict[str, Any]) -> Wish:
    target = _target(request, words)
    shares: dict[str, Any] = {
        f"{name}_bp": rules.to_bp(words[f"{name}_percent"])
        for name in ("artist", "charity", "platform")
    }
    return Wish(
        amount=words["amount_cents"],
        artist=target.artist,
        track=target.track,
        release=target.release,
        charity=_charity(words.get("charity") or ""),
        is_monthly=words["recurring"],
        is_public=words["public"],
        **{name: words[name] for name in ("message", "country", "provider")},
        **shares,
    )


def _target(request: Request, words: dict[str, Any]) -> Target:
    for name, field in ((PERSON, "artist"), (TRACK, "track"), (RELEASE, "release")):
        if field in words:
            found = selectors.find(viewer_of(request), name, str(words[field]))
            if found is None:
                raise NotFound
            return found
    return Target()


def _charity(slug: str) -> Charity | None:
    if not slug:
        return None
    found = selectors.find_charity(slug)
    if found is None:
        raise NotFound
    return found

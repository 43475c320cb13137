"""Who a program speaks for."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from social.models import ApiToken, User
from social.models.token import digest_of

USE_NOTED_EVERY = timedelta(minutes=5)


class BearerTokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer nxs_…` (RFC 6750)."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the token's person; None when the request carries no bearer token."""
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        now = timezone.now()
        token = (
            ApiToken.objects.select_related("user")
            .filter(digest=digest_of(text.strip()), revoked_at=None)
            .first()
        )
        if token is None or not _may_speak_for(token.user):
            raise exceptions.AuthenticationFailed("This token is unknown or was revoked.")
        if token.last_used_at is None or now - token.last_used_at > USE_NOTED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Make unauthenticated answers 401, as programs expect."""
        return "Bearer"


def _may_speak_for(person: User) -> bool:
    """Tell whether programs may speak for this person: not where their account is closed or is
    about to go."""
    return person.is_active and not person.is_banned and person.leaves_at is None


class BearerTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the API's schema describes it."""

    target_class = BearerTokenAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the OpenAPI security scheme."""
        return {"type": "http", "scheme": "bearer"}

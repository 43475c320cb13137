"""How lately somebody has to have shown their second factor, before something delicate."""

from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils import timezone

from config.lib.admin import CODE_NEEDED
from config.lib.problems import Problem
from social.models import User

FRESH_FOR = timedelta(minutes=15)
ENROL = "Staff sign in with a second factor. Switch it on, and keep the recovery codes."


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether a code was shown in this session a moment ago, on signing in or since."""
    oldest = (timezone.now() - FRESH_FOR).timestamp()
    records = get_authentication_records(request, request.user)
    return any(one.get("method") == "mfa" and one["at"] > oldest for one in records)


def require_recent_code(by: User) -> None:
    """Let a service go on only where this person has shown a code a moment ago, wherever.

    Raises Problem `code-needed`: an entrance answers it by `services.codes.require_code`.
    """
    factors: Any = by.authenticator_set  # type: ignore[attr-defined]
    if not factors.filter(last_used_at__gt=timezone.now() - FRESH_FOR).exists():
        raise Problem(CODE_NEEDED, "Show your second factor first.", status=403)

"""How often one person or address may ask the API."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from config.lib import limits
from config.lib.client import client_key


class MinuteThrottle(BaseThrottle):
    """A share for each minute, told in every answer (`config.middleware.rate_limit`)."""

    share: limits.Share

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request; False when the share is used up."""
        if request.user.is_authenticated:
            who, most = f"user:{request.user.pk}", settings.NEXUS_API_RATE_USER
        else:
            who, most = client_key(request), settings.NEXUS_API_RATE_ANON
        self.share = limits.take("api", who, most=most, seconds=limits.MINUTE)
        request._request.share = self.share  # type: ignore[attr-defined]
        return self.share.passes

    def wait(self) -> float:
        """Return the seconds until one more passes."""
        return self.share.retry_after

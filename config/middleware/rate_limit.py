"""Programs are told what is left of their share.

RateLimit-Limit, -Remaining and -Reset, as draft-ietf-httpapi-ratelimit-headers-06 has them: what
clients and gateways read today.
"""

import math
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.lib.limits import Share


class RateLimitMiddleware:
    """Adds the headers to whatever was counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say how much is left."""
        response = self.get_response(request)
        share: Share | None = getattr(request, "share", None)
        if share is not None:
            response["RateLimit-Limit"] = str(share.most)
            response["RateLimit-Remaining"] = str(share.left)
            response["RateLimit-Reset"] = str(math.ceil(share.whole))
        return response

"""Programs are told what is left of their share.

RateLimit-Limit, -Remaining and -Reset, as draft-ietf-httpapi-ratelimit-headers-06 has them: what
clients and gateways read today.
"""

import math
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.lib import limits
from config.lib.client import client_key
from config.lib.limits import Share
from config.lib.problems import Problem, json_response

REFUSED = {401, 403}


class RateLimitMiddleware:
    """Adds the headers to whatever was counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say how much is left."""
        response = self.get_response(request)
        share: Share | None = getattr(request, "share", None)
        if share is None and response.status_code in REFUSED and _is_api(request):
            # Whoever is refused before they are counted is counted all the same.
            most = settings.NEXUS_API_RATE_ANON
            share = limits.take("api", client_key(request), most=most, seconds=limits.MINUTE)
            if not share.passes:
                sentence = f"Too many requests. Try again in {share.retry_after} s."
                wait = {"status": 429, "retry_after": share.retry_after}
                response = json_response(Problem("throttled", sentence, **wait))
        if share is not None:
            response["RateLimit-Limit"] = str(share.most)
            response["RateLimit-Remaining"] = str(share.left)
            response["RateLimit-Reset"] = str(math.ceil(share.whole))
        return response


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(f"{settings.NEXUS_PREFIX}/api/")

"""How often one person or address may ask the API."""

import time
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from config.lib import limits
from config.lib.client import client_key

WINDOW_SECONDS = 60


class MinuteThrottle(BaseThrottle):
    """Counts by the minute of the clock, with one step of one counter in Redis.

    DRF's own throttles keep the time of every request in a list, read and written back each time.
    """

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request; False when the minute's share is used up."""
        if request.user.is_authenticated:
            who, most = f"user:{request.user.pk}", settings.NEXUS_API_RATE_USER
        else:
            who, most = f"ip:{client_key(request)}", settings.NEXUS_API_RATE_ANON
        return limits.count(f"asked:{who}", WINDOW_SECONDS) <= most

    def wait(self) -> float:
        """Return the seconds until the next minute."""
        return WINDOW_SECONDS - time.time() % WINDOW_SECONDS

"""Headers every answer carries, beside those of Django and django-csp."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What our pages never need is refused to them and to whatever they might come to embed.
REFUSED = [
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
]
ALLOWED = "autoplay=(self), clipboard-write=(self), fullscreen=(self), picture-in-picture=(self)"


def allowing(*names: str) -> str:
    """Return the policy of a page that may use these as well, itself alone."""
    opened = [f"{name}=({'self' if name in names else ''})" for name in REFUSED]
    return ", ".join([*opened, ALLOWED])


PERMISSIONS_POLICY = allowing()
# Of the TDM Reservation Protocol: https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/
MINING, MINING_POLICY = "tdm-reservation", "tdm-policy"


def is_reserved() -> bool:
    """Tell whether this site reserves text and data mining of what is here."""
    return bool(settings.NEXUS_MINING == "reserved")


class SecurityHeadersMiddleware:
    """Sets what a view has not set itself, so that a view may widen its own answer only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        headers.setdefault(MINING, str(int(is_reserved())))
        if headers[MINING] == "1" and settings.NEXUS_MINING_POLICY:
            headers.setdefault(MINING_POLICY, settings.NEXUS_MINING_POLICY)
        return response

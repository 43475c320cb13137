"""The admin, and programs with a token, from where the site's owner says and nowhere else.

NEXUS_ADMIN_FROM and NEXUS_API_FROM hold addresses and networks. Whoever comes from elsewhere finds
nothing there, not even that there is an admin. Our own pages use the API as well, with a session
and from everywhere, so what is refused there is a token.
"""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from config.lib.client import client_address

View = Callable[..., HttpResponseBase]


class AllowedFromMiddleware:
    """Refuses by the address that `config.lib.client` believes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> None:
        """Raise Http404 where somebody comes from elsewhere."""
        path = request.path_info.removeprefix(settings.NEXUS_PREFIX)
        allowed = None
        if path.startswith("/admin/"):
            allowed = settings.NEXUS_ADMIN_FROM
        elif path.startswith("/api/") and "HTTP_AUTHORIZATION" in request.META:
            allowed = settings.NEXUS_API_FROM
        if allowed:
            address = ip_address(client_address(request))
            if not any(address in network for network in allowed):
                raise Http404

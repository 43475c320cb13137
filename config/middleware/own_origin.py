"""Whole addresses begin with an origin of ours, whatever asks for them: our code or a library's."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.lib import origins


class OwnOriginMiddleware:
    """Replaces what Django would put together from the request's Host and scheme."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        def build_absolute_uri(location: str | None = None) -> str:
            host = request.get_host()  # raises for a Host that is not ours
            path = request.get_full_path() if location is None else str(location)
            return origins.absolute(path, origins.of_host(host))

        request.build_absolute_uri = build_absolute_uri  # type: ignore[method-assign]
        return self.get_response(request)

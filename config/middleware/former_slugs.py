"""Addresses that were good once lead on: no link breaks when something is named anew."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tracks.former_slugs import address_now

READING = {"GET", "HEAD"}


class FormerSlugMiddleware:
    """Answers 301 where a page is not found under a slug that was given up; 308 to a form.

    Nobody may keep the answer: the slug can be taken back, and two kept answers would be a circle.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Lead on where the page is now, for whoever may open it there."""
        match = request.resolver_match
        if not isinstance(error, Http404) or match is None or "slug" not in match.kwargs:
            return None
        place = address_now(request, match)
        if place is None:
            return None
        moved = HTTPStatus.MOVED_PERMANENTLY
        status = moved if request.method in READING else HTTPStatus.PERMANENT_REDIRECT
        headers = {"Location": place, "Cache-Control": "private, no-store"}
        return HttpResponse(status=status, headers=headers)

"""Whole pages, kept a few seconds for visitors who are not signed in.

A page is kept only when its view says so (`@cacheable`) and nothing in it is anybody's own: no
session, no cookie set, no nonce, no form token. `bump()` makes every kept page stale at once.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

GENERATION = "pages:generation"
LONGEST_ADDRESS = 300  # characters; longer ones are answered, but never kept
# htmx asks for parts of a page under the page's own address.
PART_HEADERS = ("HX-Request", "HX-Boosted", "HX-Target", "HX-History-Restore-Request")

View = Callable[..., HttpResponseBase]


def cacheable(view: View) -> View:
    """Mark a view's answers as the same for every visitor who is not signed in."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.is_page_for_all = True  # type: ignore[attr-defined]
        return response

    return marked


def bump() -> None:
    """Forget every kept page, once the current transaction has committed."""
    transaction.on_commit(lambda: cache.set(GENERATION, secrets.token_hex(8), None))


class PageCacheMiddleware:
    """Answers from the kept page where there is one; sits before sessions and everything dear."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_read(request):
            return self.get_response(request)
        key = _key(request)
        found = cache.get_many([GENERATION, key])
        generation, page = found.get(GENERATION), found.get(key)
        if page and page[0] == generation:
            return HttpResponse(page[2], headers=page[1])
        response = self.get_response(request)
        if _may_keep(request, response):
            # The generation read before rendering: a page made from what has changed since is
            # stale from the start.
            kept = (generation, dict(response.headers), response.content)
            cache.set(key, kept, settings.PAGE_CACHE_SECONDS)
        return response


def _may_read(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.PAGE_CACHE_SECONDS > 0
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "Authorization" not in request.headers
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _may_keep(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        getattr(response, "is_page_for_all", False)
        and isinstance(response, HttpResponse)
        and response.status_code == 200
        and response.headers["Content-Type"].startswith("text/html")
        and not response.cookies
        # With the cookie there a page could carry its token without setting it again.
        and settings.CSRF_COOKIE_NAME not in request.COOKIES
        and getattr(request, "_csp_nonce", None) is None
    )


def _key(request: HttpRequest) -> str:
    parts = [request.headers.get(name, "") for name in PART_HEADERS]
    address = request.build_absolute_uri()
    return "page:" + "|".join([*parts, address])

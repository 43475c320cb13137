"""Whole pages, kept a few seconds for visitors who are not signed in.

A page is kept only when its view says so (`@cacheable`) and nothing in it is anybody's own: no
session, no cookie set, no nonce, no form token. `bump()` makes every kept page stale at once. Of
an address's query counts only what the page reads, so that made-up parameters make no copies.
The middleware comes first, so that what is kept carries every header.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from importlib import import_module
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config.lib import origins

GENERATION = "pages:generation"
# htmx asks for parts of a page under the page's own address.
PART_HEADERS = ("hx-request", "hx-boosted", "hx-target", "hx-history-restore-request")

PARAMETERS_MOST = 50

View = Callable[..., HttpResponseBase]

_read_by_some: set[str] = set()  # the parameters that some page for all reads


class Page(NamedTuple):
    """A kept page; one of another generation than now's is stale."""

    generation: str | None
    headers: dict[str, str]
    body: bytes


def cacheable(*names: str) -> Callable[[View], View]:
    """Mark a view's answers as the same for every visitor who is not signed in.

    `names` are the parameters of the query that it reads; it sees no others.
    """
    _read_by_some.update(names)

    def mark(view: View) -> View:
        @wraps(view)
        def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = set(request.GET)
            _leave_only(request, names)
            response = view(request, *args, **kwargs)
            # Another page's parameter is part of the key, and would make a copy of this one.
            response.is_page_for_all = not (asked & _read_by_some) - set(names)  # type: ignore[attr-defined]
            return response

        return marked

    return mark


def _leave_only(request: HttpRequest, names: Iterable[str]) -> None:
    """Forget the other parameters of the query, so that nothing of them can stand in the page."""
    query = request.GET.copy()
    for name in set(query) - set(names):
        del query[name]
    if len(query) != len(request.GET):
        query._mutable = False
        request.GET = query  # type: ignore[assignment]
        request.META["QUERY_STRING"] = query.urlencode()


def bump() -> None:
    """Forget every kept page, once the current transaction has committed."""
    transaction.on_commit(lambda: cache.set(GENERATION, secrets.token_hex(8), None))


def key_for(method: str, secure: bool, address: str, headers: Mapping[str, str]) -> str | None:
    """Return the key of the page asked for; None where only the view may answer.

    `headers` has names in small letters. Whoever carries a session or a token is never served, and
    neither is who asks for a host that is not ours. Of the host counts which of our origins it
    picks, as that is all a page has of it.
    """
    cookie = headers.get("cookie", "")
    known = settings.SESSION_COOKIE_NAME in cookie or "messages" in cookie
    if method != "GET" or known or "authorization" in headers or not settings.PAGE_CACHE_SECONDS:
        return None
    origin = origins.of_host(headers.get("host", ""))
    if origin is None:
        return None
    path, _, query = address.partition("?")
    try:
        asked = parse_qsl(query, keep_blank_values=True, max_num_fields=PARAMETERS_MOST)
    except ValueError:
        return None
    read = sorted((item for item in asked if item[0] in _read_by_some), key=itemgetter(0))
    parts = [str(secure), origin, path, urlencode(read)]
    parts += [headers.get(name, "") for name in PART_HEADERS]
    return "page:" + hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def find(key: str) -> tuple[str | None, Page | None]:
    """Return the generation of now, and the kept page if it is of that generation."""
    found = cache.get_many([GENERATION, key])
    generation, kept = found.get(GENERATION), found.get(key)
    return generation, Page(*kept) if kept and kept[0] == generation else None


class PageCacheMiddleware:
    """Answers from the kept page where there is one; before sessions and everything dear."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        import_module(settings.ROOT_URLCONF)  # with it come the views, who say what they read

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        headers = {name.lower(): value for name, value in request.headers.items()}
        headers.setdefault("host", request.META["SERVER_NAME"])  # HTTP/1.0 may name none
        address = request.get_full_path()
        key = key_for(request.method or "", request.is_secure(), address, headers)
        if key is None:
            return self.get_response(request)
        generation, page = find(key)
        if page:
            return HttpResponse(page.body, headers=page.headers)
        response = self.get_response(request)
        if _may_keep(request, response):
            # The generation read before rendering: a page made from what has changed since is
            # stale from the start.
            kept = Page(generation, dict(response.headers), response.content)  # type: ignore[attr-defined]
            cache.set(key, tuple(kept), settings.PAGE_CACHE_SECONDS)
        return response


def _may_keep(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        getattr(response, "is_page_for_all", False)
        and isinstance(response, HttpResponse)
        and response.status_code == 200
        and response.headers["Content-Type"].startswith("text/html")
        and not response.cookies  # set, too, whenever a form's token is used
        and getattr(request, "_csp_nonce", None) is None
    )

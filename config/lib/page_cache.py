"""Pages that are the same for everybody, kept a few seconds for everybody, signed in or not.

A view says which of its answers are (`@cacheable`), what they show (`shows`), and for whom they
are not, because something on them is theirs (`concerns`): those get a page of their own, made for
them and kept nowhere. Whoever is signed in and has nothing there sees what a visitor sees, byte by
byte; what is theirs elsewhere a script puts beside it (`/api/v1/me/marks/`).

Nothing is kept that sets a cookie or carries a nonce, a form's token or a message. Of an address's
query counts only what the page reads, so that made-up parameters make no copies. The middleware
comes first, so that what is kept carries every header.
"""

import hashlib
import math
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from importlib import import_module
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import re_accepts_gzip

from config.lib import kept_pages, origins, redis
from config.lib.kept_pages import EVERYBODY, Page

# htmx asks for parts of a page under the page's own address.
PART_HEADERS = ("hx-request", "hx-boosted", "hx-target", "hx-history-restore-request")
PARAMETERS_MOST = 50
KEPT_TYPES = ("text/html", "application/xml")
# Who is signed in, for scripts and for this cache; no proof of anything (config.middleware.person).
PERSON_COOKIE = "nexus-person"
PERSON = re.compile(rf"(?:^|;\s*){PERSON_COOKIE}=([0-9a-f-]{{36}})(?:;|$)")

View = Callable[..., HttpResponseBase]

_read_by_some: set[str] = set()  # the parameters that some page for all reads


@dataclass
class Making:
    """A page while it is made: who asks, what it shows, for whom it is not the page for all."""

    user: Any
    is_own: bool = False
    shown: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    ends: float = math.inf  # by time.monotonic


_making: ContextVar[Making | None] = ContextVar("making", default=None)


class Asked(NamedTuple):
    """A page that may be kept: under which key, and who asks, "" for a visitor."""

    key: str
    person: str


def cacheable(*names: str, own: Iterable[str] = (), people: bool = True) -> Callable[[View], View]:
    """Mark a view's answers as the same for everybody whom they do not concern.

    `names` are the parameters of the query that it reads; it sees no others. `own` names those who
    always get a page of their own (EVERYBODY: all who are signed in). Where no `people` are looked
    at, not even a session is.
    """
    _read_by_some.update(names)
    always = frozenset(own)

    def mark(view: View) -> View:
        @wraps(view)
        def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = set(request.GET)
            _leave_only(request, names)
            making = Making(request.user if people else AnonymousUser())
            with _made(making):
                if people and making.user.is_authenticated:
                    request.user = AnonymousUser()
                concerns(request, *always)
                try:
                    response = _answer(view, making, request, *args, **kwargs)
                finally:
                    if people:
                        request.user = making.user
            # Another page's parameter is part of the key, and would make a copy of this one.
            if not making.is_own and not (asked & _read_by_some) - set(names):
                response.page_for_all = making  # type: ignore[attr-defined]
            return response

        return marked

    return mark


def _answer(
    view: View, making: Making, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    """Answer as for a visitor; what is not there for one may be there for who asks."""
    try:
        return view(request, *args, **kwargs)
    except Http404:
        if making.is_own or not making.user.is_authenticated:
            raise
    making.is_own, request.user = True, making.user
    return view(request, *args, **kwargs)


@contextmanager
def _made(making: Making) -> Iterator[None]:
    token = _making.set(making)
    try:
        yield
    finally:
        _making.reset(token)


def shows(*things: str) -> None:
    """Say what the page that is being made shows: it is forgotten when one of these changes."""
    if making := _making.get():
        making.shown.update(things)


def turns_in(seconds: float) -> None:
    """Say that the page that is being made is another one so many seconds from now, by itself."""
    if making := _making.get():
        making.ends = min(making.ends, time.monotonic() + seconds)


def concerns(request: HttpRequest, *people: Any) -> None:
    """Say to whom something on this page belongs (ids, or EVERYBODY who is signed in).

    Until then `request.user` is nobody, whoever asks; where one of these does, it is them from here
    on. So it is called once what the page is about was found, and before anything is drawn.
    """
    making = _making.get()
    if making is None:
        return
    found = {str(one) for one in people}
    making.own |= found
    user = making.user
    if found and user.is_authenticated and found & {str(user.pk), EVERYBODY}:
        making.is_own, request.user = True, user


def _leave_only(request: HttpRequest, names: Iterable[str]) -> None:
    """Forget the other parameters of the query, so that nothing of them can stand in the page."""
    query = request.GET.copy()
    for name in set(query) - set(names):
        del query[name]
    if len(query) != len(request.GET):
        query._mutable = False
        request.GET = query  # type: ignore[assignment]
        request.META["QUERY_STRING"] = query.urlencode()


def asked_for(method: str, secure: bool, address: str, headers: Mapping[str, str]) -> Asked | None:
    """Return the page asked for; None where only the view may answer.

    `headers` has names in small letters. Whoever carries a token or a message is never served, nor
    a session of nobody known, nor who asks for a host that is not ours. Of the host counts which of
    our origins it picks, as that is all a page has of it.
    """
    cookie = headers.get("cookie", "")
    person = PERSON.search(cookie)
    stranger = settings.SESSION_COOKIE_NAME in cookie and not person
    if method != "GET" or stranger or "messages" in cookie or "authorization" in headers:
        return None
    origin = origins.of_host(headers.get("host", ""))
    if origin is None or not settings.PAGE_CACHE_SECONDS:
        return None
    path, _, query = address.partition("?")
    try:
        asked = parse_qsl(query, keep_blank_values=True, max_num_fields=PARAMETERS_MOST)
    except ValueError:
        return None
    read = sorted((item for item in asked if item[0] in _read_by_some), key=itemgetter(0))
    parts = [str(secure), origin, settings.LANGUAGE_CODE, path, urlencode(read)]
    parts += [headers.get(name, "") for name in PART_HEADERS]
    parts.append("gzip" if re_accepts_gzip.search(headers.get("accept-encoding", "")) else "")
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
    return Asked(redis.key("page", digest), person[1] if person else "")


def kept_for(asked: Asked) -> tuple[int, Page | None]:
    """Return Redis's clock in µs, and the kept page if it is for this person."""
    now, page = kept_pages.find(asked.key)
    return now, page if page and page.is_for(asked.person) else None


class PageCacheMiddleware:
    """Answers from the kept page where there is one; before sessions and everything dear."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        import_module(settings.ROOT_URLCONF)  # with it come the views, who say what they read

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        headers = {name.lower(): value for name, value in request.headers.items()}
        headers.setdefault("host", request.META["SERVER_NAME"])  # HTTP/1.0 may name none
        address = request.get_full_path()
        asked = asked_for(request.method or "", request.is_secure(), address, headers)
        if asked is None:
            return self.get_response(request)
        begun, page = kept_for(asked)
        if page:
            return HttpResponse(page.body, headers=page.headers)
        response = self.get_response(request)
        making: Making | None = getattr(response, "page_for_all", None)
        if making and _may_keep(request, response):
            page = Page(dict(response.headers), response.content, frozenset(making.own))  # type: ignore[attr-defined]
            seconds = min(settings.PAGE_CACHE_SECONDS, making.ends - time.monotonic())
            kept_pages.keep(asked.key, page, making.shown, begun=begun, seconds=seconds)
        return response


def _may_keep(request: HttpRequest, response: HttpResponseBase) -> bool:
    said = getattr(getattr(request, "_messages", None), "_loaded_data", None)
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and response.headers["Content-Type"].startswith(KEPT_TYPES)
        and not response.cookies  # set, too, whenever a form's token is used
        and getattr(request, "_csp_nonce", None) is None
        and not said
    )

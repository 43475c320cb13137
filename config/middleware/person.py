"""A cookie that says who is signed in, which scripts and the page cache read; it proves nothing.

Pages for all do not know who asks for them. With this a script shows the right head before the
first paint, and the cache knows whom a page concerns. Whoever forges it sees pages for all.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token

from config.lib.page_cache import PERSON_COOKIE


class PersonMiddleware:
    """Sets the cookie when somebody signs in, and removes it when they are not any more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        known = request.COOKIES.get(PERSON_COOKIE)
        # What looks at nobody (music, players in foreign pages) sets no cookie either.
        if not request.session.accessed or getattr(request, "looks_as_another", False):
            return response
        user = request.user
        person = str(user.pk) if user.is_authenticated else ""
        if person and person != known:
            get_token(request)  # scripts send forms with it from pages that carry none
            response.set_cookie(
                PERSON_COOKIE,
                person,
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
                path=settings.SESSION_COOKIE_PATH,
            )
        elif known and not person:
            response.delete_cookie(PERSON_COOKIE, settings.SESSION_COOKIE_PATH, samesite="Lax")
        return response

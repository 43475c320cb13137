"""Refuses what no address, text or number of ours can be, before or where it would break something.

PostgreSQL stores no NUL and no half of a character, its numbers end somewhere, and a header is one
line. A NUL in a path is refused at the door. What queries and bodies hold is for views, forms and
serializers to judge; where one lets through what is then refused, the answer is 400, too.
"""

import logging
from collections.abc import Callable

from django.db import DataError
from django.http import BadHeaderError, HttpRequest
from django.http.response import HttpResponseBase

from config import errors
from config.lib.problems import Problem

logger = logging.getLogger(__name__)


class PossibleMiddleware:
    """Comes after what gives every answer its headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse a NUL in the path; what a query means is its view's to say."""
        if "\0" in request.path_info:
            return errors.missing(request)
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer 400 to what the database could not store, whoever let it through; and with its
        own status to a refusal that no view has made a page of."""
        if isinstance(exception, Problem):
            return errors.refused(request, exception)
        if not isinstance(exception, DataError | UnicodeEncodeError | BadHeaderError):
            return None
        logger.warning("Refused what cannot be stored: %s", type(exception).__name__)
        return errors.bad_request(request)

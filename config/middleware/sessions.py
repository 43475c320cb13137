"""Sessions that let people read on where nothing can be written."""

import logging

from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from config.lib.outages import outage_of

logger = logging.getLogger(__name__)
READS = frozenset({"GET", "HEAD", "OPTIONS"})


class ReadingSessionMiddleware(SessionMiddleware):
    """Django's own; a page that was only read is shown though its session could not be saved."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session where it has changed."""
        try:
            return super().process_response(request, response)
        except DatabaseError as error:
            outage = outage_of(error)
            if request.method not in READS or outage is None:
                raise
            logger.warning("A session was not saved: %s", outage.detail)
            return response

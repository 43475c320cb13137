"""Pages are sent compressed to whoever takes them so: to a phone they are a fifth as long.

Pages alone: static files are compressed beforehand, music is already, and what programs ask for is
short. Django's own middleware adds noise to the length, against BREACH ("Heal the Breach").
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses HTML; inside the page cache, which keeps a page in both forms."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Return the response, compressed where it is a page and the client takes it so."""
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)

"""Pages are sent compressed to whoever takes them so: to a phone they are a fifth as long.

So are feeds and sitemaps. Nothing else: static files are compressed beforehand, music is already,
and what programs ask for is short. Django's own middleware adds noise to the length, against BREACH
("Heal the Breach").
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
COMPRESSED = ("text/html", "application/xml", *FEEDS)


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses pages and feeds; inside the page cache, which keeps a page in both forms."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Return the response, compressed where it is of such a type and the client takes it so."""
        if not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)

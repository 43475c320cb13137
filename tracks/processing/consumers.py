"""The live sockets of a version, of its stems, and of a track's picture or film."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from tracks.models import TrackVersion
from tracks.processing.asset_consumer import AssetConsumer, Word
from tracks.processing.presenters import find_version, job_fragment


class OfVersionConsumer(AssetConsumer):
    """For whoever may open the track, by right or by its key."""

    def find(self) -> TrackVersion | None:
        version_id: UUID = self.scope["url_route"]["kwargs"]["version_id"]
        return find_version(self.scope["user"], version_id, self.key, self.scope["session"])


class VersionConsumer(OfVersionConsumer):
    """Sends the fragment of a version."""

    def assets_of(self, version: Any) -> list[UUID]:
        """Return the master's."""
        return [version.media.asset_id]

    def word_on(self, version: Any) -> Word:
        """Return the fragment."""
        html, is_live = job_fragment(self._request(), version)
        return Word(html, is_last=not is_live)

    def _request(self) -> HttpRequest:
        """Return a request of the page that opened the socket: its forms need a CSRF token."""
        request = HttpRequest()
        request.user = self.scope["user"]
        request.COOKIES = self.scope["cookies"]
        CsrfViewMiddleware(lambda _request: HttpResponse()).process_request(request)
        return request

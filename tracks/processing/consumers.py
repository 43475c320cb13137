"""The live sockets of a version, of its stems, and of a track's picture or film."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from tracks.models import TrackVersion, TrackVisual
from tracks.processing.asset_consumer import AssetConsumer, Word
from tracks.processing.presenters import find_version, job_fragment
from tracks.stems.presenters import preparing
from tracks.visuals.presenters import state_of


class _OfVersion(AssetConsumer):
    """For whoever may open the track, by right or by its key."""

    def find(self) -> TrackVersion | None:
        version_id: UUID = self.scope["url_route"]["kwargs"]["version_id"]
        return find_version(self.scope["user"], version_id, self.key, self.scope["session"])


class VersionConsumer(_OfVersion):
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


class StemsConsumer(_OfVersion):
    """Says how many stems of a version are still being prepared."""

    def assets_of(self, version: Any) -> list[UUID]:
        """Return those of the stems that are not ready."""
        return [stem.media.asset_id for stem in preparing(version)]

    def word_on(self, version: Any) -> Word:
        """Return their number; there is nothing to follow once it is 0."""
        waiting = len(preparing(version))
        return Word(json.dumps({"preparing": waiting}), is_last=not waiting)


class VisualConsumer(AssetConsumer):
    """Sends the state of a track's picture or film to its owner; to nobody else."""

    def find(self) -> TrackVisual | None:
        """Return the owner's."""
        track_id: UUID = self.scope["url_route"]["kwargs"]["track_id"]
        own = TrackVisual.objects.filter(track_id=track_id, track__owner_id=self.scope["user"].pk)
        return own.select_related("media", "track").first()

    def assets_of(self, visual: Any) -> list[UUID]:
        """Return that of the picture or film."""
        return [visual.media.asset_id]

    def word_on(self, visual: Any) -> Word:
        """Return its state, as the API tells it."""
        told = state_of(visual.track).told()
        return Word(json.dumps(told), is_last=told["state"] != "pending")

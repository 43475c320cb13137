"""The sockets of tracks."""

from django.urls import path

from tracks.collections.consumers import ListConsumer
from tracks.processing.consumers import VersionConsumer
from tracks.queue.consumers import QueueConsumer
from tracks.releases.consumers import ReleaseConsumer
from tracks.stems.consumers import StemsConsumer
from tracks.visuals.consumers import VisualConsumer

websocket_urlpatterns = [
    path("ws/versions/<uuid:version_id>/", VersionConsumer.as_asgi(), name="version-live"),
    path("ws/versions/<uuid:version_id>/stems/", StemsConsumer.as_asgi(), name="stems-live"),
    path("ws/visuals/<uuid:track_id>/", VisualConsumer.as_asgi(), name="visual-live"),
    path("ws/releases/<uuid:release_id>/", ReleaseConsumer.as_asgi(), name="release-live"),
    path("ws/playlists/<uuid:list_id>/", ListConsumer.as_asgi(), name="playlist-live"),
    path("ws/queue/", QueueConsumer.as_asgi(), name="queue-live"),
]

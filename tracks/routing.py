"""The sockets of tracks."""

from django.urls import path

from tracks.consumers import VersionConsumer
from tracks.queue_consumer import QueueConsumer

websocket_urlpatterns = [
    path("ws/versions/<uuid:version_id>/", VersionConsumer.as_asgi(), name="version-live"),
    path("ws/queue/", QueueConsumer.as_asgi(), name="queue-live"),
]

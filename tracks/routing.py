"""The sockets of tracks."""

from django.urls import path

from tracks.consumers import VersionConsumer

websocket_urlpatterns = [
    path("ws/versions/<uuid:version_id>/", VersionConsumer.as_asgi(), name="version-live"),
]

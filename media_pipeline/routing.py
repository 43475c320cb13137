"""The sockets of the machine, for administrators."""

from django.urls import path

from media_pipeline.backups.consumers import BackupsConsumer

websocket_urlpatterns = [
    path("ws/admin/backups/", BackupsConsumer.as_asgi(), name="backups-live"),
]

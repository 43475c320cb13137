"""The sockets of what people say."""

from django.urls import path

from social.exports.consumers import ExportsConsumer
from social.notes.consumers import NotesConsumer
from social.notifications.consumers import NotificationsConsumer

websocket_urlpatterns = [
    path("ws/tracks/<uuid:track_id>/notes/", NotesConsumer.as_asgi(), name="notes-live"),
    path("ws/notifications/", NotificationsConsumer.as_asgi(), name="notifications-live"),
    path("ws/exports/", ExportsConsumer.as_asgi(), name="exports-live"),
]

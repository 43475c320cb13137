"""The door for daphne: pages and live sockets."""

import django
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import WebsocketDenier
from django.urls import re_path

from config.process import startup

startup.services()
django.setup(set_prefix=False)
startup.refuse_unmigrated()

from config.serving.door import AsgiDoor  # noqa: E402 - needs the settings loaded
from config.serving.fast_lane import FastLane  # noqa: E402 - needs the apps loaded
from config.serving.handler import OneTripHandler  # noqa: E402 - needs the apps loaded
from config.serving.socket_origin import OwnOriginOnly  # noqa: E402 - needs the settings loaded
from media_pipeline import routing as media_pipeline  # noqa: E402 - needs the apps loaded
from moderation import routing as moderation  # noqa: E402 - needs the apps loaded
from social import routing as social  # noqa: E402 - needs the apps loaded
from tracks import routing as tracks  # noqa: E402 - needs the apps loaded

elsewhere = re_path("", WebsocketDenier.as_asgi())
doors = ProtocolTypeRouter(
    {
        "http": FastLane(OneTripHandler()),
        "websocket": OwnOriginOnly(
            AuthMiddlewareStack(
                URLRouter(
                    [
                        *tracks.websocket_urlpatterns,
                        *social.websocket_urlpatterns,
                        *media_pipeline.websocket_urlpatterns,
                        *moderation.websocket_urlpatterns,
                        elsewhere,
                    ]
                )
            )
        ),
    }
)
application = AsgiDoor(doors)

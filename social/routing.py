"""The sockets of what people say."""

from django.urls import URLPattern

websocket_urlpatterns: list[URLPattern] = []

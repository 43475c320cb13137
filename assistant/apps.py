"""Answers from the archive, with citations."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "assistant"

"""Reports, takedowns, decisions and appeals."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

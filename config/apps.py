"""The composition root as an app: it carries the commands and template tags of the whole site."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

"""People, installed."""

from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "social"

    def ready(self) -> None:
        """Let reviewers open what they were asked to review; fill the places of a track's page."""
        from social.review import slots as slots_review  # isort: skip  # noqa: F401 - above the notes

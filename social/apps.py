"""People, installed."""

from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "social"

    def ready(self) -> None:
        """Let reviewers open what they were asked to review; fill the places of a track's page."""
        from social import slots_review  # isort: skip  # noqa: F401 - above the notes
        from social import (  # noqa: F401
            closed_accounts,
            receivers,
            review_access,
            reviewing,
            slots_notes,
        )

"""Charities, contributions, the ledger, payouts and licensing."""

from django.apps import AppConfig


class EconomicsConfig(AppConfig):
    name = "economics"

    def ready(self) -> None:
        """Say what can happen with money, and what is kept of it."""
        from economics import events, kept
        from economics.hooks import kinds as hooks
        from economics.ledger import checks
        from economics.providers import driver

        events.register_all()
        kept.register_all()
        hooks.register_all()
        checks.register_all()
        driver.register_all()

"""Charities, contributions, the ledger, payouts and licensing."""

from django.apps import AppConfig


class EconomicsConfig(AppConfig):
    name = "economics"

    def ready(self) -> None:
        """Say what can happen with money, and what is kept of it."""
        from economics import events, kept
        from economics.charities import kinds as charities_kinds

        events.register_all()
        kept.register_all()
        charities_kinds.register_all()

"""Charities, contributions, the ledger, payouts and licensing."""

from django.apps import AppConfig


class EconomicsConfig(AppConfig):
    name = "economics"

    def ready(self) -> None:
        """Say what can happen with money, and what is kept of it."""
        from economics import events, kept
        from economics.sales import rules as sales
        from economics.sales import slots as sales_slots
        from tracks.downloads import audiences

        events.register_all()
        kept.register_all()
        audiences.register(sales.BUYERS, sales.BUYERS_LABEL, sales.bought)
        audiences.register(sales.SUPPORTERS, sales.SUPPORTERS_LABEL, sales.supports)
        sales_slots.fill()

"""Charities, contributions, the ledger, payouts and licensing."""

from django.apps import AppConfig


class EconomicsConfig(AppConfig):
    name = "economics"

    def ready(self) -> None:
        """Say what can happen with money, and what is kept of it."""
        from economics import events, kept
        from economics.proofs import rounds as proofs_rounds
        from economics.transparency import slots as transparency_slots
        from economics.unallocated import rounds as unallocated_rounds

        events.register_all()
        kept.register_all()
        for rounds in (proofs_rounds, unallocated_rounds):
            rounds.register_all()
        transparency_slots.fill()

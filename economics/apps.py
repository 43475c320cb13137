"""Charities, contributions, the ledger, payouts and licensing."""

from django.apps import AppConfig


class EconomicsConfig(AppConfig):
    name = "economics"

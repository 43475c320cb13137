"""Charities, contributions, the ledger, payouts and licensing."""

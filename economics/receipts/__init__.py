"""Receipts of what has come in."""

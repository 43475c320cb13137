"""Tempo and key: measured, shown, and said better by the owner."""

"""Hooks: where providers tell what has happened, and what follows from it."""

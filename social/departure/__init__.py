"""Leaving: a time to change one's mind, then removed or anonymised."""

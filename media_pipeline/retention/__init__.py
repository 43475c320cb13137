"""Forgetting what was kept long enough."""

"""Charities: to whom shares go, and what they were sent."""

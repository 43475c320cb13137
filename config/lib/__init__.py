"""Leaf helpers: no models, no imports from any app."""

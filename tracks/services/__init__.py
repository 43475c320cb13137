"""Deeds on tracks."""

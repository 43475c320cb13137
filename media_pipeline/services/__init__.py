"""Deeds of the machine."""

"""Deeds of and on people."""

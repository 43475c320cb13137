"""Passages of what is known of a piece, and their vectors."""

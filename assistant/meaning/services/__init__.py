"""Vectors: their models, their indexes, and the work of making them."""

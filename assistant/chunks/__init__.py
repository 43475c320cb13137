"""Passages of pieces, made of what everybody may read who may open the piece."""

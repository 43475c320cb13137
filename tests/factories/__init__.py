"""The cast and their music, one module per app."""

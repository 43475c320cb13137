"""Contributions: what people give, and how it is shared."""

"""How programs meet people."""

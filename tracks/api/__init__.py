"""How programs meet tracks."""

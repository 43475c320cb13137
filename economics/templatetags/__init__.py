"""Template words of money."""

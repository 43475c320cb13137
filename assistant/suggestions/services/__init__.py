"""Making suggestions, and deciding about them."""

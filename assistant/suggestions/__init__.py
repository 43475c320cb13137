"""What a machine proposes to say of a piece, taken by one press."""

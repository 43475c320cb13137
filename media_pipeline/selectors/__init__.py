"""Finding what the machine has."""

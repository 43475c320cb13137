"""The machine, for programs."""

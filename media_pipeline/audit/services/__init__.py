"""The sweep that compares bytes with rows, the scrub that reads them, and what is deleted."""

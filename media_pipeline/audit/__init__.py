"""Where bytes and rows do not fit together, and how much there is."""

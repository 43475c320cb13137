"""A few pieces for a site that is still empty: real ones from a folder, or our own."""

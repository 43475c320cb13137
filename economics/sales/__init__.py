"""Sales: what a piece costs to keep, and who has paid for it or supports its artist."""

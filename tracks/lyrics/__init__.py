"""The words that are sung, beside the player."""

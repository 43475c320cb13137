"""Finding passages by what they mean, or by words that are nearly theirs."""

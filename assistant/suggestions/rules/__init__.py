"""What can be said of words without a model: small, the same each time, in bounded time."""

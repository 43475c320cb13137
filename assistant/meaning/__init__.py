"""Finding by meaning: words and vectors joined."""

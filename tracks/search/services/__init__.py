"""Documents, made of what has changed."""

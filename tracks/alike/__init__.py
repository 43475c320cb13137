"""Sounds like this: pieces near another one, in harmony with it, and on the way to a third."""

"""Answers from the archive, with citations."""

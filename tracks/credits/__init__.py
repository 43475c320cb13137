"""Whose music it is: the names of its artists, and of everybody else who made it."""

"""Asking for one's account to be deleted, keeping it after all, and the end."""

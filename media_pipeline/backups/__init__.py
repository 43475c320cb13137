"""Keeping everything safe elsewhere, and bringing it back."""

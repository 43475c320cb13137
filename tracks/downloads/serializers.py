"""To whom something is open, as programs say and read it."""

from rest_framework import serializers

from tracks.downloads.audiences import MOST_LETTERS


def audience() -> serializers.CharField:
    """Return the field of to whom a download is open: upper rooms add audiences."""
    words = "nobody, granted, listed, everybody, or another one that this site offers."
    return serializers.CharField(max_length=MOST_LETTERS, required=False, help_text=words)

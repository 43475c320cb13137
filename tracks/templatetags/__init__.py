"""Template words of tracks."""

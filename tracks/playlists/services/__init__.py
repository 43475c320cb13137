"""Deeds on playlists beyond their order: rules, people who work together, files."""

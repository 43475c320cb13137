"""Playlists as files: M3U8 and XSPF, read from bytes and written as text."""

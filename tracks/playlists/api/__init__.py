"""`/api/v1/playlists/…`: what programs read and change of playlists."""

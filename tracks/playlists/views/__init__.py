"""The doors of playlists: rules, people who work together, files, the queue."""

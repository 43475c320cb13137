"""Words by which music is found: genres, moods, instruments, and free ones."""

"""What is owed to artists, and sent to them when they ask for it."""

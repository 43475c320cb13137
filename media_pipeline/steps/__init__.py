"""What is done to one audio file: pure functions over files, no Django."""

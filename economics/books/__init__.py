"""The books: whether every row is as it was written, and what bookkeepers read."""

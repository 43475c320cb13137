"""Small doors that belong to no app."""

"""Money in the admin, topic by topic."""

from economics.books import admin as admin_books  # noqa: F401 - registers itself

"""Finance."""

from economics.contributions import admin as admin_contributions  # noqa: F401 - registers itself

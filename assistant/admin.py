"""What machines do in the admin, topic by topic."""

from assistant.providers import admin as providers  # noqa: F401 - registers itself

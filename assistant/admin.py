"""Where machines read, for administrators."""

from assistant.consent import admin as admin_consent  # noqa: F401 - a part of this list

"""What machines read and made, for staff."""

from assistant.transcripts import admin as admin_transcripts  # noqa: F401 - a part of this list

"""Transcripts, to look at."""

from django.contrib import admin

from assistant.models import NoTranscript, Transcript
from config.lib.admin import ReadOnlyAdmin


@admin.register(Transcript)
class TranscriptAdmin(ReadOnlyAdmin):
    """What was heard, by which run, and whether people changed it."""

    list_display = ["version", "outcome", "language", "revision", "run", "edited_at", "made_at"]
    list_filter = ["outcome", "language"]
    list_select_related = ["version", "run"]
    search_fields = ["version__track__title", "version__track__slug"]


@admin.register(NoTranscript)
class NoTranscriptAdmin(ReadOnlyAdmin):
    """Pieces of which no machine writes the words down."""

    list_display = ["track", "set_by", "set_at"]
    list_select_related = ["track", "set_by"]
    ordering = ["-set_at"]
    search_fields = ["track__title", "track__slug"]

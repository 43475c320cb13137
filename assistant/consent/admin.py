"""Where pieces may be read, and which providers were let in: their owners say it, we look."""

from django.contrib import admin

from assistant.models import Consent, ProviderConsent
from config.lib.admin import ReadOnlyAdmin


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """What owners have said."""

    list_display = ["track", "where", "mining", "set_by", "set_at"]
    list_filter = ["where", "mining"]
    list_select_related = ["track", "set_by"]
    search_fields = ["track__title", "track__owner__handle"]
    ordering = ["-track_id"]


@admin.register(ProviderConsent)
class ProviderConsentAdmin(ReadOnlyAdmin):
    """The log of who was let to read what, and until when."""

    list_display = ["track", "provider", "given_by", "given_at", "withdrawn_at"]
    list_filter = ["provider", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["track", "given_by"]
    search_fields = ["track__title", "track__owner__handle", "provider"]
    ordering = ["-id"]

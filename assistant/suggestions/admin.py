"""What machines propose, to look at."""

from django.contrib import admin

from assistant.models import Suggestion
from config.lib.admin import ReadOnlyAdmin


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnlyAdmin):
    """Every suggestion there was; its owner alone decides about it."""

    list_display = ["__str__", "kind", "state", "made_at", "decided_at"]
    list_filter = ["kind", "state", "run__provider", "run__model"]
    list_select_related = ["run"]
    search_fields = ["track__title"]

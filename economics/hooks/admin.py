"""What is asked of providers and what they tell, for finance: to look at alone."""

from typing import Any

from django.contrib import admin

from config.lib.admin import ReadOnlyAdmin
from economics import money
from economics.models import ProviderCall, ProviderEvent


class AnsweredFilter(admin.SimpleListFilter):
    """Whether a provider has answered."""

    title, parameter_name = "answer", "answered"

    def lookups(self, _request: object, _admin: object) -> list[tuple[str, str]]:
        """Return the two there are."""
        return [("no", "Not answered yet"), ("yes", "Answered")]

    def queryset(self, _request: object, queryset: Any) -> Any:
        """Return the rows that were, or were not."""
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(answered_at__isnull=self.value() == "no")


@admin.register(ProviderCall)
class ProviderCallAdmin(ReadOnlyAdmin):
    """Each question: asked with one key, however often it had to be."""

    list_display = ["kind", "amount", "provider", "created_at", "answered_at"]
    list_filter = ["kind", AnsweredFilter]
    list_select_related = ["contribution"]
    search_fields = ["=contribution__id", "=key"]
    search_help_text = "The id of a contribution, or the key by which it was asked."

    @admin.display(description="Amount")
    def amount(self, row: ProviderCall) -> str:
        """Show what it is about as people read it."""
        return money.told(row.contribution.amount, row.contribution.currency)

    @admin.display(description="Provider")
    def provider(self, row: ProviderCall) -> str:
        """Show who was asked."""
        return row.contribution.provider


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin):
    """Each event, and what became of it: taken, waiting for those before it, or refused."""

    list_display = ["event", "state", "kind", "number", "provider", "sentence", "received_at"]
    list_filter = ["state", "kind", "provider"]
    search_fields = ["=contribution", "=event", "=reference"]
    search_help_text = "The id of a contribution, or the provider’s id or reference of an event."

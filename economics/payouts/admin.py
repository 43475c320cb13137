"""What artists have asked for, for finance."""

from typing import Any

from django.contrib import admin

from economics import money
from economics.models import ArtistPayout
from economics.outgoing_admin import FailedForm, OutgoingAdmin, SentForm
from economics.payouts import services
from economics.payouts.registry import stop_of
from economics.payouts.selectors import balance


@admin.register(ArtistPayout)
class ArtistPayoutAdmin(OutgoingAdmin):
    """Payouts: asked for, sent, failed."""

    page = "economics/payouts/admin.html"
    list_display = ["artist", "told", "status", "sent_on", "reference", "created_at"]
    list_select_related = ["artist"]
    search_fields = ["reference", "artist__handle"]
    steps = {
        "send": (SentForm, lambda pk, words, by: services.send(pk, by=by, **words)),
        "fail": (FailedForm, lambda pk, words, by: services.fail(pk, by=by, **words)),
    }

    @admin.display(description="Amount", ordering="amount")
    def told(self, row: ArtistPayout) -> str:
        """Return the amount as people read it."""
        return money.told(row.amount, row.currency)

    def more(self, row: Any) -> dict[str, Any]:
        """Return whether something stops it, and what else is owed."""
        return {"stop": stop_of(row.artist_id), "balance": balance(row.artist)}

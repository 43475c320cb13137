"""What was asked of providers, for whoever pays for it: counts and times, and no words."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from assistant.models import ModelRun, ProviderCall
from assistant.providers.selectors import HEARD, budget, day_begins, left_today, sums
from config.lib.admin import ReadOnlyAdmin

MONTH = timedelta(days=30)


@admin.register(ProviderCall)
class ProviderCallAdmin(ReadOnlyAdmin):
    """Every request, the newest first, with the sums of today and of 30 days above them."""

    change_list_template = "admin/providers/change_list.html"
    list_display = ["asked_at", "provider", "task", "model", "units", "took_ms", "status"]
    list_filter = ["provider", "task", "status"]
    raw_id_fields = ["track"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the sums above the calls."""
        spans = [("Today", day_begins()), ("In the last 30 days", timezone.now() - MONTH)]
        words = {
            "spans": [(label, _told(since)) for label, since in spans],
            "budgets": [_budget(HEARD, "seconds of sound"), _budget("", "characters")],
        }
        return super().changelist_view(request, (extra_context or {}) | words)


def _told(since: Any) -> list[dict[str, Any]]:
    return [
        row._asdict()
        | {
            "label": ModelRun.Task(row.task).label,
            "what": "seconds" if row.task == HEARD else "characters",
        }
        for row in sums(since)
    ]


def _budget(task: str, what: str) -> str:
    left = left_today(task)
    if left is None:
        return f"There is no bound for {what}."
    return f"{left:,} of {budget(task):,} {what} may still be sent today."

"""What owners have deleted waits for 30 days, and comes back; staff delete nothing of theirs."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from config.lib.admin import JudgedAdmin
from config.lib.problems import Problem
from tracks.deleted import services


class SoftDeletionAdmin(JudgedAdmin):
    """Pieces or lists, the deleted ones too; nothing is removed for good here."""

    actions = ["to_desk", "bring_back"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the deleted ones, too."""
        rows: QuerySet[Any] = self.model.everything.select_related("owner")
        return rows.order_by(*self.get_ordering(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What may not stand is hidden or removed by a decision, at the desk."""
        return False

    def has_bring_back_permission(self, request: HttpRequest) -> bool:
        """Whoever may delete such things by their rights brings them back."""
        return request.user.has_perm(f"{self.opts.app_label}.delete_{self.opts.model_name}")

    @admin.action(description="Bring back what is deleted", permissions=["bring_back"])
    def bring_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Let each be there again as it was."""
        done = 0
        for one in queryset.exclude(deleted_at=None):
            try:
                services.restore(thing=one, by=request.user)
            except Problem:  # it went for good in between
                continue
            self.log_change(request, one, "Brought back.")
            done += 1
        self.message_user(request, f"Brought back: {done}.")

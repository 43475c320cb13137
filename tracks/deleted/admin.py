"""What administrators delete waits for 30 days, as what owners delete does, and comes back."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from config.lib.problems import Problem
from tracks.deleted import services

WAITS = "Closed to everybody, and gone for good after 30 days. “Bring back” undoes it until then."


class SoftDeletionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Pieces or lists, the deleted ones too; nothing is removed for good here."""

    actions = ["bring_back"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the deleted ones, too."""
        rows: QuerySet[Any] = self.model.everything.select_related("owner")
        return rows.order_by(*self.get_ordering(request))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the things only: what belongs to them stays with them."""
        return [str(one) for one in objs], {self.opts.verbose_name_plural: len(objs)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Close it, as its owner would."""
        services.delete(thing=obj, by=request.user)
        self.message_user(request, WAITS)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Close each, as its owner would."""
        for one in queryset:
            services.delete(thing=one, by=request.user)
        self.message_user(request, WAITS)

    @admin.action(description="Bring back what is deleted", permissions=["delete"])
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

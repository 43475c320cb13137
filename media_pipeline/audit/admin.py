"""The storage, for administrators: how much there is, and what does not fit."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from config.lib.admin import ReadOnlyAdmin
from config.lib.templatetags.nexus import size
from media_pipeline.audit import presenters, rules
from media_pipeline.audit.services import orphans
from media_pipeline.jobs.services import jobs
from media_pipeline.models import Job, StorageFinding

LIVE = [Job.State.PENDING, Job.State.RUNNING]


@admin.register(StorageFinding)
class StorageFindingAdmin(ReadOnlyAdmin):
    """Bytes by kind, and every key that is not as the rows say."""

    change_list_template = "admin/storage/change_list.html"
    list_display = ["key", "kind", "bytes", "asset_id", "found_at", "seen_at"]
    list_filter = ["kind"]
    search_fields = ["key"]
    actions = ["delete_bytes"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list has actions, the row itself nothing to write."""
        return obj is None and super(ReadOnlyAdmin, self).has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show bytes by kind above the findings; count again when asked to."""
        if request.method == "POST" and "count_again" in request.POST:
            return self._count_again(request)
        words = {} if request.method == "POST" else self._words(request)
        return super().changelist_view(request, (extra_context or {}) | words)

    def _words(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "title": "Storage",
            "storage": presenters.overview(),
            "is_counting": Job.objects.filter(kind=rules.COUNT, state__in=LIVE).exists(),
            "may_count": self.has_change_permission(request),
        }

    def _count_again(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        jobs.enqueue(rules.COUNT)
        messages.success(request, "The storage is being counted. Look again in a while.")
        return HttpResponseRedirect(request.path)

    @admin.display(description="Size", ordering="size")
    def bytes(self, finding: StorageFinding) -> str:
        """Return the size as people read it."""
        return size(finding.size)

    @admin.action(description="Delete these bytes", permissions=["change"])
    def delete_bytes(self, request: HttpRequest, selected: QuerySet[StorageFinding]) -> None:
        """Delete orphans that were seen twice a day apart, and are orphans even now."""
        removed = orphans.remove_orphans(selected)
        if removed.count:
            messages.success(request, f"Deleted: {removed.count}, {size(removed.bytes)}.")
        if removed.held:
            messages.warning(request, "A backup is being made. Delete again when it is done.")
        if removed.left:
            messages.warning(
                request,
                f"Left alone: {removed.left}. Only bytes without a row that Nexus has put there "
                "are deleted, and only when two sweeps a day apart have seen them.",
            )

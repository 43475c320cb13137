"""Backups in the administration: how they stand, and one more by hand."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from config.lib.admin import ReadOnlyAdmin
from media_pipeline.backups import kinds, presenters
from media_pipeline.models import Backup


@admin.register(Backup)
class BackupAdmin(ReadOnlyAdmin):
    """Every backup and drill, with the last of both above them; live while one is under way."""

    change_list_template = "admin/backups/change_list.html"
    list_display = ["name", "kind", "state", "size", "rows", "files", "started_at", "finished_at"]
    list_filter = ["kind", "state"]

    def get_urls(self) -> list[URLPattern]:
        """Add the two buttons."""
        begin = self.admin_site.admin_view(require_POST(self.begin))
        own = [path("begin/<str:kind>/", begin, name="media_pipeline_backup_begin")]
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show how backups stand above the runs."""
        words = {"standing": presenters.standing(), "may_begin": self._may_begin(request)}
        return super().changelist_view(request, (extra_context or {}) | words)

    def begin(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Let a backup or a drill begin."""
        if not self._may_begin(request):
            raise PermissionDenied
        if kind not in Backup.Kind.values:
            messages.error(request, "There is a backup and a drill, nothing else.")
        elif not settings.NEXUS_BACKUP_TARGET:
            messages.error(request, "Say where to first: set NEXUS_BACKUP_TARGET.")
        else:
            kinds.ask(kind)
            messages.success(request, "It begins as soon as a worker is free.")
        return HttpResponseRedirect(reverse("admin:media_pipeline_backup_changelist"))

    @admin.display(description="Size")
    def size(self, run: Backup) -> str:
        """Return how much music it holds."""
        return filesizeformat(run.counts["bytes"]) if "bytes" in run.counts else ""

    @admin.display(description="Rows")
    def rows(self, run: Backup) -> Any:
        """Return how many rows it holds."""
        return run.counts.get("rows", "")

    @admin.display(description="Files")
    def files(self, run: Backup) -> Any:
        """Return how many files it holds."""
        return run.counts.get("files", "")

    def _may_begin(self, request: HttpRequest) -> bool:
        return request.user.has_perm("media_pipeline.add_backup")

"""What the machine holds and does, for administrators."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from config.lib.admin import ReadOnlyAdmin
from config.lib.kept import RULES
from config.lib.problems import Problem
from media_pipeline.audit import admin as admin_audit  # noqa: F401 - a part of this list
from media_pipeline.backups.admin import BackupAdmin
from media_pipeline.jobs import presenters
from media_pipeline.jobs.services import ending
from media_pipeline.models import (
    Asset,
    Descriptor,
    Event,
    Job,
    Media,
    MusicFacts,
    Retention,
    StorageQuota,
    Upload,
)
from media_pipeline.retention import presenters as retention
from media_pipeline.sealing.admin import SealedEntryAdmin

__all__ = ["BackupAdmin", "SealedEntryAdmin"]  # registered where its topic is


@admin.register(Asset)
class AssetAdmin(ReadOnlyAdmin):
    """Originals."""

    list_display = ["filename", "owner", "size_bytes", "source_type", "playable_at", "ready_at"]
    list_display += ["created_at"]
    list_filter = ["source_type", ("ready_at", admin.EmptyFieldListFilter)]
    list_select_related = ["owner"]
    search_fields = ["filename", "owner__handle", "sha256"]


@admin.register(MusicFacts)
class MusicFactsAdmin(ReadOnlyAdmin):
    """Tempo and key, as measured."""

    list_display = ["asset", "bpm", "bpm_confidence", "key", "key_confidence", "measured_at"]
    list_select_related = ["asset"]
    search_fields = ["asset__filename"]
    ordering = ["-measured_at"]


@admin.register(Descriptor)
class DescriptorAdmin(ReadOnlyAdmin):
    """How files sound, as numbers that are compared."""

    list_display = ["asset", "version", "is_heard", "made_at"]
    list_filter = ["version", ("vector", admin.EmptyFieldListFilter)]
    list_select_related = ["asset"]
    search_fields = ["asset__filename"]
    exclude = ["vector"]
    ordering = ["-made_at"]

    @admin.display(description="Anything to hear", boolean=True)
    def is_heard(self, row: Descriptor) -> bool:
        """Tell whether there was enough of it."""
        return row.vector is not None


@admin.register(Media)
class MediaAdmin(ReadOnlyAdmin):
    """The opaque names that signed addresses carry."""

    list_display = ["id", "asset", "epoch", "created_at"]
    list_select_related = ["asset"]
    search_fields = ["asset__filename"]


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    """Files on their way in."""

    list_display = ["filename", "owner", "size", "state", "created_at", "expires_at"]
    list_filter = ["state"]
    list_select_related = ["owner"]
    search_fields = ["filename", "owner__handle"]
    exclude = ["storage_ref"]


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Work: how each kind stands, how far a job is, why it stopped, and another try."""

    change_list_template = "admin/jobs/change_list.html"
    list_display = ["about", "kind", "state", "stage", "progress", "reason", "run_after"]
    list_filter = ["state", "queue", "kind"]
    list_select_related = ["asset"]
    search_fields = ["asset__filename", "kind", "subject_type", "subject_id", "error_code"]
    exclude = ["lease_token"]
    actions = ["retry", "discard"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list has actions, the row itself nothing to write."""
        return obj is None and super(ReadOnlyAdmin, self).has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show how each kind of job stands above the jobs."""
        words = {"kinds": presenters.overview()} if request.method == "GET" else {}
        return super().changelist_view(request, (extra_context or {}) | words)

    @admin.display(description="About")
    def about(self, job: Job) -> str:
        """Return the file or the row a job is about."""
        return str(job.asset or f"{job.subject_type} {job.subject_id}".strip() or "the site")

    @admin.display(description="Reason")
    def reason(self, job: Job) -> str:
        """Return why it stopped."""
        return job.error or job.error_code

    @admin.action(description="Try again")
    def retry(self, request: HttpRequest, selected: QuerySet[Job]) -> None:
        """Queue what has failed once more."""
        self._each(request, selected, ending.retry, "Queued again")

    @admin.action(description="Discard")
    def discard(self, request: HttpRequest, selected: QuerySet[Job]) -> None:
        """Delete what has failed and is about nobody's file."""
        self._each(request, selected, ending.discard, "Discarded")

    def _each(
        self,
        request: HttpRequest,
        selected: QuerySet[Job],
        act: Callable[[Job], object],
        done: str,
    ) -> None:
        count = 0
        for job in selected.select_related("asset"):
            try:
                act(job)
                count += 1
            except Problem as refusal:
                messages.warning(request, f"{job.kind}, {self.about(job)}: {refusal.detail}")
        if count:
            messages.success(request, f"{done}: {count}.")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """What has happened in the last 30 days."""

    list_display = ["number", "kind", "subject", "actor", "audience", "created_at"]
    list_filter = ["kind", "audience"]
    search_fields = ["subject"]


@admin.register(Retention)
class RetentionAdmin(ReadOnlyAdmin):
    """What is kept of people, why and for how long, and what was forgotten last."""

    change_list_template = "admin/retention/change_list.html"
    list_display = ["rule", "sentence", "last_at", "removed", "removed_ever"]
    ordering = ["rule"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the registry's table above the rules."""
        words = {"title": "What is kept", "kept": retention.table()}
        return super().changelist_view(request, (extra_context or {}) | words)

    @admin.display(description="What it does")
    def sentence(self, row: Retention) -> str:
        """Return what the rule says; empty for one that nobody registers any more."""
        rule = RULES.get(row.rule)
        return rule.sentence if rule else ""


@admin.register(StorageQuota)
class StorageQuotaAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Room for one person in place of the site's own limit."""

    list_display = ["user", "bytes"]
    list_select_related = ["user"]
    search_fields = ["user__handle"]
    raw_id_fields = ["user"]

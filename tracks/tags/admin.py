"""Tags, for moderators: what kind of word each is, and which of them are one."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest

from config.lib import kept_pages
from config.lib.admin import ReadOnlyAdmin
from config.lib.problems import Problem
from tracks.models import Tag, TrackTag
from tracks.tags.rules import tag_key
from tracks.tags.services import merging


class MergeForm(ActionForm):
    """Which tag is to stand for those that were chosen."""

    into = forms.CharField(required=False, max_length=80, label="Into")


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Tags: the kind is changed here, and tags are merged."""

    list_display = ["name", "kind", "uses", "merged_into", "slug", "created_at"]
    list_filter = ["kind", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["merged_into"]
    search_fields = ["name", "key"]
    ordering = ["-uses", "key"]
    show_full_result_count = False
    fields = ["name", "kind", "slug", "key", "uses", "merged_into", "created_at"]
    readonly_fields = ["slug", "key", "uses", "merged_into", "created_at"]
    action_form = MergeForm
    actions = ["merge", "part"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are made on tracks."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are merged, and their addresses go on."""
        return False

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        """Keep it, and draw anew what shows it."""
        super().save_model(request, obj, form, change)
        kept_pages.forget("tags", f"tag:{obj.pk}")

    @admin.action(description="Merge into the tag named beside")
    def merge(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        """Let one tag stand for all of these."""
        named = request.POST.get("into", "")
        into = Tag.objects.filter(key=tag_key(named)).first()
        if into is None:
            messages.error(request, "Name the tag that stays, as it is written here.")
            return
        for tag in queryset.exclude(pk=into.pk):
            try:
                merging.merge(tag=tag, into=into, by=request.user)
            except Problem as problem:
                messages.error(request, problem.detail)
        messages.success(request, f"“{into}” stands for them now.")

    @admin.action(description="Let a merged tag be one of its own again")
    def part(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        """Undo a merge, as far as that is known."""
        for tag in queryset:
            merging.part(tag=tag, by=request.user)


@admin.register(TrackTag)
class TrackTagAdmin(ReadOnlyAdmin):
    """Which tag is on which track, and who said so."""

    list_display = ["tag", "track", "source", "state", "confidence", "created_at"]
    list_filter = ["state", "source"]
    list_select_related = ["tag", "track"]
    search_fields = ["tag__name", "track__title", "track__slug"]

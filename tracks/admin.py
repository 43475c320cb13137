"""Tracks, for administrators."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from tracks.catalogue.services import deletion
from tracks.models import Track, TrackVersion, VersionAlignment
from tracks.playlists import admin as admin_playlists  # noqa: F401 - a part of this list


class VersionInline(admin.TabularInline):  # type: ignore[type-arg]
    """The versions of a track; they are made by uploads."""

    model = TrackVersion
    readonly_fields = ["number", "label", "status", "created_by", "created_at"]
    fields = [*readonly_fields]
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[TrackVersion]:
        """Carry the person."""
        return super().get_queryset(request).select_related("created_by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """None are made here."""
        return False


@admin.register(Track)
class TrackAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Tracks: what they are called and who may open them. The artist edits, we look."""

    list_display = ["title", "owner", "visibility", "published_at", "created_at"]
    list_filter = ["visibility"]
    list_select_related = ["owner"]
    search_fields = ["title", "slug", "owner__handle"]
    ordering = ["-id"]
    show_full_result_count = False
    readonly_fields = ["title", "slug", "owner", "visibility", "description_md"]
    readonly_fields += ["release_at", "published_at", "created_at", "updated_at"]
    fields = [*readonly_fields]
    inlines = [VersionInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tracks are made by uploads."""
        return False

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the tracks only: what belongs to them goes with them, by our own deletion."""
        return [str(track) for track in objs], {"tracks": len(objs)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Track) -> None:
        """Delete with all that was made of it."""
        deletion.delete(track=obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Track]) -> None:
        """Delete each with all that was made of it."""
        for track in queryset:
            deletion.delete(track=track, by=request.user)


@admin.register(TrackVersion)
class TrackVersionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Versions; the machine owns everything about them."""

    list_display = ["track", "number", "label", "status", "created_by", "created_at"]
    list_filter = ["status"]
    list_select_related = ["track", "created_by"]
    search_fields = ["track__title", "created_by__handle"]
    ordering = ["-id"]
    show_full_result_count = False
    readonly_fields = ["track", "number", "label", "status", "media", "upload", "created_by"]
    readonly_fields += ["created_at"]
    fields = [*readonly_fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Versions are made by uploads."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They go with their track."""
        return False


@admin.register(VersionAlignment)
class VersionAlignmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """How versions lie beside each other: measured, so there is nothing to change."""

    list_display = ["older", "newer", "is_moved", "older_lufs", "newer_lufs", "created_at"]
    list_select_related = ["older", "newer"]
    search_fields = ["older__track__title", "older__track__slug"]
    ordering = ["-id"]
    show_full_result_count = False
    readonly_fields = ["older", "newer", "passages", "older_lufs", "newer_lufs", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are measured."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

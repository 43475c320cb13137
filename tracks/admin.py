"""Tracks, for administrators."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import EmptyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from tracks.credits import admin as admin_credits  # noqa: F401 - a part of this list
from tracks.deleted.admin import SoftDeletionAdmin
from tracks.downloads import admin as admin_downloads  # noqa: F401 - a part of this list
from tracks.models import (
    FormerSlug,
    Label,
    Lyrics,
    Release,
    Revision,
    Track,
    TrackVersion,
    VersionAlignment,
)
from tracks.playlists import admin as admin_playlists  # noqa: F401 - a part of this list
from tracks.tags import admin as admin_tags  # noqa: F401 - a part of this list


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


class RevisionInline(admin.TabularInline):  # type: ignore[type-arg]
    """What was said of a track before, newest first; its owner undoes, we look."""

    model = Revision
    readonly_fields = ["created_at", "by", "before", "after", "undoes"]
    fields = [*readonly_fields]
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        """Carry the person."""
        return super().get_queryset(request).select_related("by", "undoes")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """None are made here."""
        return False


@admin.register(Track)
class TrackAdmin(SoftDeletionAdmin):
    """Tracks: what they are called and who may open them. The artist edits, we look."""

    judged_as = "track"
    list_display = ["title", "owner", "visibility", "published_at", "created_at", "deleted_at"]
    list_filter = ["visibility", "form", "ai_made", "is_explicit"]
    list_filter += [("deleted_at", EmptyFieldListFilter)]
    list_select_related = ["owner"]
    search_fields = ["title", "slug", "owner__handle"]
    ordering = ["-id"]
    show_full_result_count = False
    readonly_fields = ["title", "slug", "owner", "visibility", "description_md"]
    readonly_fields += ["form", "form_guessed"]
    readonly_fields += ["language", "is_explicit", "content_warning", "ai_made", "is_sponsored"]
    readonly_fields += ["licence", "isrc", "iswc", "release_at", "published_at"]
    readonly_fields += ["created_at", "updated_at", "deleted_at"]
    fields = [*readonly_fields]
    inlines = [VersionInline, RevisionInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tracks are made by uploads."""
        return False


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


@admin.register(Release)
class ReleaseAdmin(SoftDeletionAdmin):
    """Releases: when they come out and who may open them. The artist edits, we look."""

    judged_as = "release"
    list_display = ["title", "owner", "kind", "visibility", "release_at", "published_at"]
    list_display += ["deleted_at"]
    list_filter = ["kind", "visibility", ("deleted_at", EmptyFieldListFilter)]
    list_select_related = ["owner"]
    search_fields = ["title", "slug", "owner__handle", "label__name"]
    ordering = ["-id"]
    show_full_result_count = False
    readonly_fields = ["title", "slug", "owner", "artist_credit", "kind", "label", "visibility"]
    readonly_fields += ["released_on", "release_at", "time_zone", "published_at", "created_at"]
    readonly_fields += ["deleted_at"]
    fields = [*readonly_fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Artists make them."""
        return False


@admin.register(Label)
class LabelAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Labels: whose they are. The artist edits, we look."""

    list_display = ["name", "owner", "link", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "slug", "owner__handle"]
    ordering = ["-id"]
    show_full_result_count = False
    readonly_fields = ["name", "slug", "owner", "description_md", "link", "created_at"]
    fields = [*readonly_fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Artists make them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Their owner deletes them."""
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


class LookedAt(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that their owner writes: here they are looked at."""

    ordering = ["-pk"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """None are made here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They go with what they are of."""
        return False


@admin.register(Revision)
class RevisionAdmin(LookedAt):
    """What was said of tracks before."""

    list_display = ["track", "by", "created_at", "__str__"]
    list_select_related = ["track", "by"]
    search_fields = ["track__title", "track__slug", "by__handle"]


@admin.register(FormerSlug)
class FormerSlugAdmin(LookedAt):
    """Addresses that lead on."""

    list_display = ["slug", "track", "release", "playlist", "given_up_at"]
    list_select_related = ["track", "release", "playlist"]
    search_fields = ["slug"]


@admin.register(Lyrics)
class LyricsAdmin(LookedAt):
    """The words that are sung."""

    list_display = ["track", "is_timed", "updated_at"]
    list_select_related = ["track"]
    search_fields = ["track__title", "track__slug"]

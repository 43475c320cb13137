"""Playlists, for administrators: they look; their owners edit."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import EmptyFieldListFilter
from django.http import HttpRequest

from tracks.deleted.admin import SoftDeletionAdmin
from tracks.models import Playlist, PlaylistCollaborator


class CollaboratorInline(admin.TabularInline):  # type: ignore[type-arg]
    """Who works on a playlist."""

    model = PlaylistCollaborator
    readonly_fields = ["person", "invited_by", "invited_at", "accepted_at"]
    fields = [*readonly_fields]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Their owners invite."""
        return False


@admin.register(Playlist)
class PlaylistAdmin(SoftDeletionAdmin):
    """Playlists: whose they are, and who works on them."""

    judged_as = "playlist"
    list_display = ["title", "owner", "visibility", "is_by_rules", "updated_at", "deleted_at"]
    list_filter = ["visibility", ("deleted_at", EmptyFieldListFilter)]
    list_select_related = ["owner"]
    search_fields = ["title", "slug", "owner__handle"]
    ordering = ["-id"]
    show_full_result_count = False
    fields = ["title", "slug", "owner", "visibility", "rules", "all_take_out", "revision"]
    fields += ["deleted_at"]
    inlines = [CollaboratorInline]

    @admin.display(boolean=True, description="smart")
    def is_by_rules(self, row: Playlist) -> bool:
        """Tell whether rules say what stands in it."""
        return row.is_smart

    def has_add_permission(self, request: HttpRequest) -> bool:
        """None are made here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its owner edits."""
        return False

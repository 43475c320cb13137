"""Pages of artists, for administrators: they look, and bring before the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from config.lib.admin import JudgedAdmin
from social.models import ArtistPage, ArtistPicture


class _Looked(admin.ModelAdmin):  # type: ignore[type-arg]
    list_select_related = ["user"]
    search_fields = ["user__handle"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """None are made here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The artist edits."""
        return False


@admin.register(ArtistPage)
class ArtistPageAdmin(_Looked):
    """What artists have made of their pages."""

    list_display = ["user", "accent", "shows_press", "updated_at"]
    list_filter = ["shows_press"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It goes with its artist; who may not show anything is kept out."""
        return False


@admin.register(ArtistPicture)
class ArtistPictureAdmin(_Looked, JudgedAdmin):
    """Pictures of artists; about one that may not be shown, its artist's account is judged."""

    judged_as = "person"

    list_display = ["user", "alt", "credit", "is_header", "created_at"]
    list_filter = ["is_header"]
    ordering = ["-id"]
    actions = ["to_desk"]

    def judged(self, row: Any) -> Any:
        """Return whose picture it is."""
        return row.user

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its artist takes it away."""
        return False

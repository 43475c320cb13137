"""Pages of artists, for administrators: they look, and take away what may not be shown."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from social.models import ArtistPage, ArtistPicture
from social.profiles import services


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
class ArtistPictureAdmin(_Looked):
    """Pictures of artists; taking one away takes its files, too."""

    list_display = ["user", "alt", "credit", "is_header", "created_at"]
    list_filter = ["is_header"]
    ordering = ["-id"]
    actions = None

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Remove it with its files, as its artist would."""
        services.remove(picture=obj, by=obj.user)

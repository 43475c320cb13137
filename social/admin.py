"""People and their keys, for administrators."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from config.lib import kept_pages
from config.lib.admin import JudgedAdmin
from social.exports import admin as admin_exports  # noqa: F401 - a part of this list
from social.models import ApiToken, User
from social.notes import admin as admin_notes  # noqa: F401 - a part of this list
from social.profiles import admin as admin_profiles  # noqa: F401 - a part of this list
from social.staff.services.codes import require_code

# Who changes these of somebody shows the second factor first.
RIGHTS = {"is_staff", "is_superuser", "groups"}
WAYS_IN = {"is_active", *RIGHTS}


@admin.register(User)
class UserAdmin(JudgedAdmin):
    """People: who they are, and whether they may come in, which is decided at the desk."""

    judged_as = "person"

    list_display = [
        *("handle", "display_name", "email", "is_staff", "is_banned", "date_joined"),
        *("leaves_at", "left_at"),
    ]
    list_filter = [
        *("is_banned", "is_staff", "is_active"),
        ("leaves_at", admin.EmptyFieldListFilter),
        ("left_at", admin.EmptyFieldListFilter),
    ]
    search_fields = ["handle", "display_name", "email"]
    ordering = ["-date_joined"]
    show_full_result_count = False
    fields = [
        "handle",
        "display_name",
        "email",
        "is_active",
        "is_banned",
        "is_staff",
        "is_superuser",
        "groups",
        "date_joined",
        "last_login",
        "leaves_at",
        "left_at",
    ]
    readonly_fields = [
        *("handle", "is_banned", "date_joined", "last_login", "leaves_at", "left_at"),
    ]
    filter_horizontal = ["groups"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only a superuser makes staff and superusers; nobody is made inactive here.

        Who was, before there were decisions, can be made active again.
        """
        fields = [*self.readonly_fields]
        if obj is None or obj.is_active:
            fields.append("is_active")
        return fields if request.user.is_superuser else [*fields, *sorted(RIGHTS)]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save, after a code where it is about who may come in, and draw anew what shows them."""
        if WAYS_IN & {*form.changed_data}:
            require_code(request)
        super().save_model(request, obj, form, change)
        kept_pages.forget(f"person:{obj.pk}", "latest")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who has left is nobody any more: there is nothing to change."""
        may = super().has_change_permission(request, obj)
        return may and not (obj and obj.left_at)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People sign up themselves, or come by `manage.py api_token --create`."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A ban or inactivity closes an account; deleting would tear its history."""
        return False


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Keys of programs. The text is not here: it was never stored."""

    list_display = ["prefix", "user", "name", "created_at", "last_used_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["prefix", "user__handle", "name"]
    ordering = ["-created_at"]
    show_full_result_count = False
    readonly_fields = ["prefix", "user", "name", "created_at", "last_used_at", "revoked_at"]
    fields = [*readonly_fields]
    actions = ["revoke"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tokens come from `manage.py api_token`: only there is the text shown."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A revoked token stays, as a record."""
        return False

    @admin.action(description="Revoke")
    def revoke(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        """End the selected tokens at once."""
        live = list(tokens.filter(revoked_at=None))
        for token in live:
            token.revoke()
        messages.success(request, f"Revoked: {len(live)}.")

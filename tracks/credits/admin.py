"""Names and who claims them, for moderators."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from config.lib.admin import ReadOnlyAdmin, refuse
from config.lib.problems import Problem
from tracks.credits.services import claims
from tracks.models import Credit, Name, NameClaim


@admin.register(NameClaim)
class NameClaimAdmin(ReadOnlyAdmin):
    """Who says that a name is theirs; decided by the two actions."""

    list_display = ["name", "person", "words", "state", "decided_by", "created_at"]
    list_filter = ["state"]
    list_select_related = ["name", "person", "decided_by"]
    search_fields = ["name__name", "person__handle"]
    actions = ["grant", "refuse"]

    @admin.action(description="Grant: the name leads to their page")
    def grant(self, request: HttpRequest, queryset: QuerySet[NameClaim]) -> None:
        """Grant those that wait."""
        self._decide(request, queryset, is_theirs=True)

    @admin.action(description="Refuse")
    def refuse(self, request: HttpRequest, queryset: QuerySet[NameClaim]) -> None:
        """Refuse those that wait."""
        self._decide(request, queryset, is_theirs=False)

    def _decide(
        self, request: HttpRequest, queryset: QuerySet[NameClaim], *, is_theirs: bool
    ) -> None:
        waiting = queryset.filter(state=NameClaim.State.ASKED)
        for claim in waiting.order_by("created_at", "pk"):
            try:
                claims.decide(claim=claim, by=request.user, is_theirs=is_theirs)
            except Problem as refusal:
                refuse(request, refusal)
            else:
                messages.success(request, "Decided. Whoever asked hears of it.")


@admin.register(Name)
class NameAdmin(ReadOnlyAdmin):
    """Names on music, and to whose account each leads."""

    list_display = ["name", "slug", "account", "created_by", "created_at"]
    list_filter = [("account", admin.EmptyFieldListFilter)]
    list_select_related = ["account", "created_by"]
    search_fields = ["name", "key", "slug", "account__handle"]
    actions = ["take_back"]

    @admin.action(description="Let the name lead to no account")
    def take_back(self, request: HttpRequest, queryset: QuerySet[Name]) -> None:
        """End what was granted wrongly."""
        for name in queryset:
            claims.give_up(name=name, by=request.user)
        messages.success(request, "Done. The credits stay as they are.")


@admin.register(Credit)
class CreditAdmin(ReadOnlyAdmin):
    """Who is credited for what; owners say it."""

    list_display = ["credited_as", "role", "detail", "about", "is_unlinked", "created_at"]
    list_filter = ["role"]
    list_select_related = ["track", "release"]
    search_fields = ["credited_as", "name__name", "track__title", "release__title"]

    @admin.display(description="on")
    def about(self, credit: Credit) -> Any:
        """Return what it stands on."""
        return credit.track or credit.release

"""What admin pages of several rooms share."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect

from config.lib.problems import Problem

Way = Callable[[HttpRequest, str, list[Any]], str]
Code = Callable[[HttpRequest], None]
_ways: list[Way] = []
_codes: list[Code] = []
CODE_NEEDED = "code-needed"  # the type of a Problem after which an entrance asks for a code
JUDGED_AT_ONCE = 50  # cases opened by one press


def leads_to_desk(way: Way) -> Way:
    """Say how things come before moderators: `(request, kind of thing, rows)` to an address."""
    _ways.append(way)
    return way


def asks_for_code(way: Code) -> Code:
    """Say how a second factor is asked for before a form goes on: it raises what answers."""
    _codes.append(way)
    return way


def refuse(request: HttpRequest, refusal: Problem) -> None:
    """Say why something was refused; ask for the second factor where that alone is missing."""
    if refusal.type == CODE_NEEDED:
        for ask in _codes:
            ask(request)
    messages.error(request, refusal.detail)


class JudgedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that staff restrict by a decision alone: from here one only goes to where it is made."""

    judged_as = ""
    actions = ["to_desk"]

    def judged(self, row: Any) -> Any:
        """Return what a case about this row is about."""
        return row

    @admin.action(description="Decide about it, at the desk", permissions=["view"])
    def to_desk(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponseRedirect:
        """Open a case for each, of very many for the first, and go there."""
        rows = [self.judged(row) for row in chosen[:JUDGED_AT_ONCE]]
        (way,) = _ways
        return HttpResponseRedirect(way(request, self.judged_as, rows))


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows to look at, newest first; what may be done with them are actions."""

    ordering = ["-id"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is written here in somebody's name."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What depends on a row goes with it only by the action that is meant for that."""
        return False

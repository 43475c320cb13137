"""Finding what is kept apart."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Func, UUIDField
from django.db.models.functions import Now

from moderation.models import Case, Custody, Scope

FOLDER = "custody/"


def custodies_of(case: Case) -> list[Custody]:
    """Return what is and was kept apart of a case, without the keys; newest first."""
    rows = case.custodies.select_related("by", "released_by").defer("secret")
    return list(rows.order_by("-pk"))


def due_again() -> Any:
    """Return what is held although its time is over: somebody has to look again."""
    return Custody.objects.held().filter(until__lte=Now())


def tracks_held() -> Any:
    """Return the ids of the pieces that stay, for `tracks.holds`."""
    each = Func(F("track_ids"), function="unnest", output_field=UUIDField())
    return Custody.objects.held().annotate(piece=each).values("piece")


def lists_held() -> Any:
    """Return the ids of the releases and playlists that stay, for `tracks.holds`."""
    kinds = (Scope.RELEASE, Scope.PLAYLIST)
    return Custody.objects.held().filter(case__target__in=kinds).values("case__target_id")


def people_held() -> Any:
    """Return the ids of the accounts that stay, for `tracks.holds`."""
    return Custody.objects.held().exclude(case__person=None).values("case__person")


def known_keys(keys: Iterable[str]) -> set[str]:
    """Return those of these keys of the storage that a bundle has which is held."""
    ids = {}
    for key in keys:
        try:
            ids[UUID(key.removeprefix(FOLDER))] = key
        except ValueError:
            continue
    found = Custody.objects.held().filter(pk__in=ids).values_list("pk", flat=True)
    return {ids[one] for one in found}

"""Reading the sealed log: by what was done, who did it, and what it is about; newest first."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q

from config.lib.paging import Page, page, read_number_cursor
from media_pipeline.models import SealedEntry

SIZE = 50
NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Asked:
    """What of the log is asked for; empty for all. `who` and `about` take an id or a handle."""

    act: str = ""
    who: str = ""
    about: str = ""


def read(asked: Asked, before: str = "") -> Page[SealedEntry]:
    """Return a page of entries, each with the name of who did it. At most four queries."""
    rows = SealedEntry.objects.filter(_matching(asked)).select_related("seal").order_by("-id")
    if before:
        rows = rows.filter(pk__lt=read_number_cursor(before))
    found = page(rows, lambda one: str(one.pk), SIZE)
    names = _names([one.actor for one in found.rows])
    for one in found.rows:
        one.who = names.get(one.actor, one.actor)  # type: ignore[attr-defined]
    return found


def kinds() -> list[str]:
    """Return every act there is an entry of: one step through the index for each."""
    found: list[str] = []
    while kind := _after(found[-1] if found else ""):
        found.append(kind)
    return found


def _after(kind: str) -> str | None:
    rows = SealedEntry.objects.filter(kind__gt=kind).order_by("kind")
    return rows.values_list("kind", flat=True).first()


def _matching(asked: Asked) -> Q:
    query = Q()
    if asked.act:
        query &= Q(kind=asked.act)
    if asked.who:
        person = _person(asked.who)
        query &= Q(actor=str(person.pk)) if person else Q(actor=asked.who)
    if asked.about:
        query &= _about(asked.about)
    return query


def _about(words: str) -> Q:
    """Match a subject as it stands there, an id of any kind of thing, or somebody's handle."""
    if ":" in words:
        return Q(subject=words)
    person = _person(words)
    key = person.pk if person else _uuid(words)
    if key is None:
        return NOBODY
    kinds = ("moderation.case", "social.user", "tracks.track", "tracks.release", "tracks.playlist")
    return Q(subject__in=[f"{kind}:{key}" for kind in kinds])


def _person(words: str) -> Any:
    people: Any = get_user_model()
    return people.objects.filter(handle=words.lstrip("@").lower()).first()


def _names(actors: list[str]) -> dict[str, str]:
    people: Any = get_user_model()
    keys = [key for key in map(_uuid, actors) if key]
    found = people.objects.filter(pk__in=keys).values_list("pk", "handle")
    return {str(key): handle for key, handle in found}


def _uuid(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None

"""To whom an owner can open a download: a registry, so that upper rooms add conditions of theirs.

A rule is a function `(user, what) -> Q`, good for tracks and for releases alike: it says of which
things this person gets `what` where the owner has chosen its audience. Grants hold in every
audience but *nobody*.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from tracks.access import User
from tracks.models import DownloadGrant, ListedListener
from tracks.models.audience import Audience

Rule = Callable[[User, str], Q]

NONE, ALL = Q(pk__in=[]), Q(pk__isnull=False)
MOST_LETTERS = 9  # of a value: what the columns hold


@dataclass(frozen=True)
class Choice:
    """One audience: what the columns hold, what people read, and the rule."""

    value: str
    label: str
    rule: Rule


AUDIENCES: dict[str, Choice] = {}


def register(value: str, label: str, rule: Rule) -> None:
    """Let owners choose an audience. Raises ValueError for one that is there, or a long value."""
    if value in AUDIENCES or not 0 < len(value) <= MOST_LETTERS:
        raise ValueError(f"{value!r} cannot be an audience.")
    AUDIENCES[value] = Choice(value, label, rule)


def choices() -> list[tuple[str, str]]:
    """Return values and labels, the narrowest first."""
    last = AUDIENCES[Audience.EVERYBODY]
    found = [choice for choice in AUDIENCES.values() if choice is not last]
    return [(choice.value, choice.label) for choice in (*found, last)]


def opens(column: str, user: User, what: str) -> Q:
    """Return the Q of the tracks or releases whose `column` opens `what` to this person."""
    found = ~Q(**{column: Audience.NOBODY}) & _granted(user, what)
    for choice in AUDIENCES.values():
        if choice.value not in (Audience.NOBODY, Audience.GRANTED):
            found |= Q(**{column: choice.value}) & choice.rule(user, what)
    return found


def _granted(user: User, what: str) -> Q:
    if not user.is_authenticated:
        return NONE
    return Q(download_grants__in=DownloadGrant.objects.of(user, what))


def _listed(user: User, _what: str) -> Q:
    if not user.is_authenticated:
        return NONE
    return Q(owner__in=ListedListener.objects.filter(person_id=user.pk).values("owner"))


register(Audience.NOBODY, Audience.NOBODY.label, lambda _user, _what: NONE)
register(Audience.GRANTED, Audience.GRANTED.label, _granted)
register(Audience.LISTED, Audience.LISTED.label, _listed)
register(Audience.EVERYBODY, Audience.EVERYBODY.label, lambda _user, _what: ALL)

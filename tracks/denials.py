"""What keeps people and single things closed: denials, and what each touches.

A rule is a function `(user) -> Q`, of people or of one kind of thing. Denials of tracks stand in
`tracks.access`, which decides who may open one.
"""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

User = AbstractBaseUser | AnonymousUser
Person = Any  # somebody signed in: settings.AUTH_USER_MODEL, a class of an upper room
Rule = Callable[[User], Q]

_person_denials: list[Rule] = []
_thing_denials: dict[str, list[Rule]] = {}
_touched: list[Callable[[Any], None]] = []


def rules() -> tuple[Rule, ...]:
    """Return all rules that keep a person or a single thing closed."""
    return (*_person_denials, *(rule for found in _thing_denials.values() for rule in found))


def deny_person(rule: Rule) -> Rule:
    """Register a reason to keep closed a person and whatever is theirs: a Q on a person."""
    _person_denials.append(rule)
    return rule


def deny_thing(kind: str) -> Callable[[Rule], Rule]:
    """Register a reason to keep one thing of a kind closed: a Q on it.

    Kinds are `version`, `release`, `playlist`, `note`, `picture` and `visual`.

    A track whose primary version is closed has nothing to give: who closes it denies the track too.
    """

    def register(rule: Rule) -> Rule:
        _thing_denials.setdefault(kind, []).append(rule)
        return rule

    return register


def touched_by_denial(act: Callable[[Any], None]) -> Callable[[Any], None]:
    """Register what a denial of a person touches: called in the deed that makes or lifts it."""
    _touched.append(act)
    return act


def denial_changed(person: Person) -> None:
    """Bring everything in line with what this person is denied now. Runs in the caller's deed."""
    for act in _touched:
        act(person)


def of_owner(person: Q) -> Q:
    """Return a Q on people as one on what they own."""
    words: list[Any] = [
        of_owner(word) if isinstance(word, Q) else (f"owner__{word[0]}", word[1])
        for word in cast(list[Any], person.children)
    ]
    return Q(*words, _connector=person.connector, _negated=person.negated)


def undenied_person(user: User) -> Q:
    """Return the Q of all people whom no denial closes to this one."""
    allowed = Q()
    for rule in _person_denials:
        allowed &= ~rule(user)
    return allowed


def undenied(user: User) -> Q:
    """Return the Q of all tracks, releases or playlists that no denial of their owner closes."""
    return of_owner(undenied_person(user))


def undenied_thing(kind: str, user: User) -> Q:
    """Return the Q of all things of a kind (see `deny_thing`) that are not closed themselves."""
    allowed = Q()
    for rule in _thing_denials.get(kind, []):
        allowed &= ~rule(user)
    return allowed

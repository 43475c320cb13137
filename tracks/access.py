"""The one registry of who may open a track.

A rule is a function `(user) -> Q` on Track. *Grants* are joined by OR, *denials* (a ban, a
takedown) take away from everybody. `visible(user)` for lists and `may_listen` for one
are both derived from the same Q, so they cannot disagree. *Evidence* opens what denials close, to
the moderator who said why; being staff opens nothing by itself. *Key rules* open a track to whoever
holds its link: the unlisted address, or a link an upper room has made. *Denials of a person* close
their page and whatever is theirs: tracks, releases and playlists alike. *Denials of a thing* close
one version, release, playlist or note. *Downloads* say who may keep what of a thing; whoever may
not listen keeps nothing.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from tracks import denials

User = denials.User
Person = denials.Person
Rule = denials.Rule
KeyRule = Callable[[str, User, Any], Q]

denial_changed = denials.denial_changed
deny_person = denials.deny_person
deny_thing = denials.deny_thing
of_owner = denials.of_owner
touched_by_denial = denials.touched_by_denial
undenied = denials.undenied
undenied_person = denials.undenied_person
undenied_thing = denials.undenied_thing

KEY = re.compile(r"[\w-]{22}", re.ASCII)  # config.lib.ids.token128

_grants: list[Rule] = []
_denials: list[Rule] = []
_keys: list[KeyRule] = []
_evidence: list[Rule] = []
_person_evidence: list[Rule] = []
_downloads: dict[tuple[str, str], list[Rule]] = {}
_withheld: list[Rule] = []
_concerned: list[Callable[[Any], Any]] = []


def rules() -> tuple[Rule, ...]:
    """Return all rules that decide what a visitor opens: what is kept of them depends on these."""
    return (*_grants, *_denials, *denials.rules(), *_evidence, *_person_evidence)


def grant(rule: Rule) -> Rule:
    """Register a reason to open a track."""
    _grants.append(rule)
    return rule


def deny(rule: Rule) -> Rule:
    """Register a reason to keep a track closed."""
    _denials.append(rule)
    return rule


def opens_as_evidence(rule: Rule) -> Rule:
    """Register which tracks a moderator looks at for a reason."""
    _evidence.append(rule)
    return rule


def opens_person_as_evidence(rule: Rule) -> Rule:
    """Register whom and whose things a moderator looks at: a Q on a person."""
    _person_evidence.append(rule)
    return rule


def allow_download(what: str, rule: Rule, *, of: str = "track") -> Rule:
    """Register who may keep `what` (`original`, `mp3`, …) of a track or `release`, beside its
    owner."""
    _downloads.setdefault((of, what), []).append(rule)
    return rule


def withhold_download(rule: Rule) -> Rule:
    """Register of which tracks nobody but their owner may keep anything, whoever it is open to."""
    _withheld.append(rule)
    return rule


def not_withheld(user: User) -> Q:
    """Return the Q of the tracks of which those may keep something to whom it is open."""
    return _own(user) | ~_any(_withheld, user)


def concerned(rule: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Register who has a say on a track: from its key (an OuterRef), a query of their ids.

    A track's page is another one for them than for everybody (`tracks.models.Track.concerned`).
    """
    _concerned.append(rule)
    return rule


def concerned_rules() -> tuple[Any, ...]:
    """Return the rules of whom a track's page concerns."""
    return tuple(_concerned)


def whom_it_concerns(track: Any) -> dict[str, Any]:
    """Return the queries of all registered rules, by the names of the columns they fill."""
    return {f"concerned_{n}": rule(track) for n, rule in enumerate(_concerned)}


def as_evidence(user: User) -> Q:
    """Return the Q of all tracks that this moderator looks at."""
    return _any(_evidence, user)


def person_as_evidence(user: User) -> Q:
    """Return the Q of all people whom this moderator looks at."""
    return _any(_person_evidence, user)


def owner_as_evidence(user: User) -> Q:
    """Return the Q of all tracks, releases or playlists of people whom this moderator looks at."""
    return of_owner(person_as_evidence(user))


def visible_people(user: User) -> Q:
    """Return the Q of all people whose page this one may open."""
    return undenied_person(user) | person_as_evidence(user)


def _any(rules: Iterable[Rule], user: User) -> Q:
    allowed = Q(pk__in=[])
    for rule in rules:
        allowed |= rule(user)
    return allowed


def opens_by_key(rule: KeyRule) -> KeyRule:
    """Register what a key opens: `(key, user, session) -> Q`; the session may be None."""
    _keys.append(rule)
    return rule


def by_key(key: str, user: User, session: Any = None) -> Q:
    """Return the Q of the tracks that this key opens; none for what cannot be one."""
    allowed = Q(pk__in=[])
    for rule in _keys if KEY.fullmatch(key) else []:
        allowed |= rule(key, user, session)
    return unless_denied(allowed, user)


def visible(user: User) -> Q:
    """Return the Q of all tracks this person may open without holding a link."""
    return unless_denied(_any(_grants, user), user) | _any(_evidence, user)


def is_only_evidence(track: models.Model, user: User) -> bool:
    """Tell whether this person sees the track as a moderator alone, and so may change nothing."""
    if not getattr(user, "acts_as_staff", False):
        return False
    granted = unless_denied(_any(_grants, user), user)
    looked_at = _any(_evidence, user) & ~granted
    return type(track)._default_manager.filter(looked_at, pk=track.pk).exists()


def by_token(user: User) -> Q:
    """Return the Q of all tracks this person may open by holding the unlisted key."""
    return unless_denied(Q(visibility="unlisted"), user)


def may_listen(track: models.Model, user: User, *, holds_link: bool = False) -> bool:
    """Tell whether this person may open and hear the track.

    `holds_link` says that they came by the track's unlisted key.
    """
    allowed = visible(user) | by_token(user) if holds_link else visible(user)
    return type(track)._default_manager.filter(allowed, pk=track.pk).exists()


def may_download(user: User, thing: models.Model, what: str, *, key: str = "") -> bool:
    """Tell whether this person may keep `what` of a track or release that they may open.

    Its owner keeps everything; others what a rule for `what` allows them. `key` is that of an
    unlisted one, where they hold it.
    """
    rows: Any = type(thing)._default_manager
    opened = rows.visible_to(user)
    if KEY.fullmatch(key):
        opened |= rows.opened_by_token(key, user)
    return bool(downloadable(user, opened, what).filter(pk=thing.pk).exists())


def downloadable(user: User, opened: Any, what: str) -> Any:
    """Return those of the tracks or releases open to this person of which they may keep `what`."""
    kind = opened.model._meta.model_name or ""
    opened = opened.filter(_own(user) | _any(_downloads.get((kind, what), []), user))
    return opened.filter(not_withheld(user)) if kind == "track" and _withheld else opened


def unless_denied(allowed: Q, user: User) -> Q:
    """Return the Q of these tracks without what any denial closes to this person."""
    for rule in _denials:
        allowed &= ~rule(user)
    return allowed & undenied(user)


@grant
def _public(_user: User) -> Q:
    return Q(visibility="public") & (Q(release_at__isnull=True) | Q(release_at__lte=Now()))


@grant
def _own(user: User) -> Q:
    return Q(owner_id=user.pk) if user.is_authenticated else Q(pk__in=[])


@opens_by_key
def _unlisted(key: str, _user: User, _session: Any) -> Q:
    return Q(visibility="unlisted", token=key)


@deny
def _deleted(_user: User) -> Q:
    """What its owner deleted is closed to all until it comes back."""
    return Q(deleted_at__isnull=False)

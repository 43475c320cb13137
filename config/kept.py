"""What Django and its packages keep of people: sessions, addresses, tries, what staff did."""

import json
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.account import app_settings as allauth
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q

from config.lib import kept
from config.lib.kept import Fate, Kept, Rule, forget_rows

SOMEBODY = "somebody"
TRIES_KEPT = timedelta(days=1)
STAFF_KEPT = timedelta(days=2 * 365)
IDS_AT_ONCE = 1000
TRIES: tuple[Any, ...] = (AccessAttempt, AccessFailureLog, AccessLog)
NO_ARCHIVE = "It is of use only to the site’s own safety, and is gone in days."


def register_all() -> None:
    """Say what is kept, for how long, and what happens when somebody leaves."""
    kept.register(
        Kept(
            "sessions.Session",
            "That you are signed in, and what a visitor unlocked",
            Fate.REMOVED,
            "Two weeks after you signed in, or until you sign out",
            words="Its key is a key to the account: it is in no archive.",
            minor=True,
        ),
        Kept(
            "account.EmailAddress",
            "Your e-mail addresses, and whether they are confirmed",
            Fate.REMOVED,
            "Until you remove them",
            section="account",
        ),
        Kept(
            "account.EmailConfirmation",
            "Letters that ask whether an address is yours",
            Fate.REMOVED,
            "Three days",
            words=NO_ARCHIVE,
            minor=True,
        ),
        Kept(
            "mfa.Authenticator",
            "Your second factor and your recovery codes",
            Fate.REMOVED,
            "Until you switch it off",
            words="It is a key to the account: it is in no archive.",
        ),
        Kept(
            "axes.AccessAttempt",
            "Failed tries to sign in: the name that was typed, and a pseudonym of the address",
            Fate.REMOVED,
            "One day",
            words=NO_ARCHIVE,
            minor=True,
        ),
        Kept(
            "axes.AccessFailureLog",
            "A list of single failures to sign in, which is switched off",
            Fate.REMOVED,
            "One day",
            words=NO_ARCHIVE,
            minor=True,
        ),
        Kept(
            "axes.AccessLog",
            "A list of who signed in when, which is switched off",
            Fate.REMOVED,
            "One day",
            words=NO_ARCHIVE,
            minor=True,
        ),
        Kept(
            "admin.LogEntry",
            "What administrators changed, and in whose row",
            Fate.ANONYMISED,
            "Two years",
            words="It tells of the administrator’s work: where it names you or what is yours, the "
            "name goes.",
            minor=True,
        ),
    )
    kept.impersonal(
        axes__AccessAttemptExpiration="When a failed try is forgotten; goes with it",
        auth__Permission="What may be allowed",
        auth__Group="Names for sets of what is allowed",
        auth__Group_permissions="What each group is allowed",
        contenttypes__ContentType="Which models there are",
    )
    _rules()
    # What names rows has to be found while these rows are there.
    kept.on_farewell(anonymise_admin_log, order=5)
    kept.on_farewell(remove_ways_in, order=60)


def _rules() -> None:
    add = kept.register_rule
    sentence = "A session is forgotten when its time is over."
    add(Rule("sessions", ("sessions.Session",), sentence, forget_sessions))
    tries = tuple(model._meta.label for model in TRIES)
    sentence = "Failed tries to sign in are forgotten after one day."
    add(Rule("sign-in-tries", tries, sentence, forget_tries))
    sentence = "Letters that ask for a confirmation are forgotten when they are of no use any more."
    add(Rule("email-confirmations", ("account.EmailConfirmation",), sentence, forget_confirmations))
    sentence = "What administrators changed is forgotten after two years."
    add(Rule("admin-log", ("admin.LogEntry",), sentence, forget_admin_log))


def forget_sessions(now: datetime, most: int) -> int:
    """Forget sessions past their time."""
    return forget_rows(Session.objects.filter(expire_date__lt=now), most)


def forget_tries(now: datetime, most: int) -> int:
    """Forget failures that keep nobody out any more since a day."""
    before = now - timedelta(hours=settings.AXES_COOLOFF_TIME) - TRIES_KEPT
    removed = 0
    for model in TRIES:
        removed += forget_rows(model.objects.filter(attempt_time__lt=before), most - removed)
    return removed


def forget_confirmations(now: datetime, most: int) -> int:
    """Forget letters whose link opens nothing any more, and those that were never sent."""
    before = now - timedelta(days=allauth.EMAIL_CONFIRMATION_EXPIRE_DAYS)
    old = Q(sent__lt=before) | Q(sent=None, created__lt=before)
    return forget_rows(EmailConfirmation.objects.filter(old), most)


def forget_admin_log(now: datetime, most: int) -> int:
    """Forget what staff did two years ago."""
    return forget_rows(LogEntry.objects.filter(action_time__lt=now - STAFF_KEPT), most)


def anonymise_admin_log(person: Any) -> None:
    """Take the name of a person, and of all that is theirs, out of what administrators did."""
    _unname(type(person), [str(person.pk)])
    for relation in person._meta.get_fields(include_hidden=True):
        if relation.concrete or not (relation.one_to_many or relation.one_to_one):
            continue
        model, column = relation.related_model, relation.field.name
        if model is LogEntry or model._meta.auto_created:
            continue
        keys = model._base_manager.filter(**{column: person}).values_list("pk", flat=True)
        _unname(model, [str(key) for key in keys])
    for words in _names(person):
        if "@" in words:
            LogEntry.objects.filter(object_repr__icontains=words).update(object_repr=SOMEBODY)


def _unname(model: Any, keys: list[str]) -> None:
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind)
    for start in range(0, len(keys), IDS_AT_ONCE):
        some = entries.filter(object_id__in=keys[start : start + IDS_AT_ONCE])
        some.update(object_repr=SOMEBODY, change_message="")


def remove_ways_in(person: Any) -> None:
    """End every way in: sessions, addresses, the second factor; and forget tries to get in."""
    tried = Q(pk__in=[])
    for words in _names(person):
        tried |= Q(username__iexact=words)
    for model in TRIES:
        model.objects.filter(tried).delete()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    ids = (str(person.pk), person.pk.hex)
    for session in Session.objects.only("session_data").iterator(chunk_size=IDS_AT_ONCE):
        words = json.dumps(session.get_decoded(), default=str)
        if any(each in words for each in ids):
            store(session.session_key).delete()


def _names(person: Any) -> set[str]:
    """Return everything that one may have typed to sign in as this person."""
    known = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return {person.handle, person.email, *known} - {""}

"""Reports, cases and decisions, made by the services that make them on the site."""

from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from moderation import things
from moderation.appeals import services as appeals
from moderation.decisions import services as decisions
from moderation.decisions.services import Statement
from moderation.models import Case, Decision, Report
from moderation.reports.services import report
from moderation.verification import services as verification
from social.models import User
from tests.factories.social import UserFactory
from tracks import attesting
from tracks.models import Track

_sources = count(1)


def member_of(group: str, **words: Any) -> User:
    """Return a member of the staff with the rights of a group alone."""
    user: User = UserFactory.create(is_staff=True, **words)
    user.groups.add(Group.objects.get(name=group))
    return User.objects.get(pk=user.pk)


def moderator(**words: Any) -> User:
    """Return a moderator."""
    return member_of("moderator", **words)


def make_report(row: Any, scope: str = "track", reason: str = "hate", **words: Any) -> Report:
    """Let somebody from an address of their own report a thing."""
    given = {"words": "It is.", "source": f"somebody {next(_sources)}"} | words
    return report(kind=things.KINDS[scope], row=row, reason=reason, **given)


def make_case(row: Any, scope: str = "track", reason: str = "hate") -> Case:
    """Return the open case of a thing."""
    return make_report(row, scope, reason).case


REASONS = Statement(
    facts="At 0:42 it calls for violence.",
    source=Decision.Source.NOTICE,
    ground=Decision.Ground.TERMS,
    clause="Terms of use: hate",
)


def decide(
    row: Any,
    kind: str,
    scope: str = "track",
    *,
    by: User | None = None,
    statement: Statement = REASONS,
) -> Decision:
    """Let a moderator decide about a thing."""
    case = make_case(row, scope)
    words: dict[str, Any] = {"kind": kind, "scope": scope, "row": row, "statement": statement}
    return decisions.decide(case=case, by=by or moderator(), **words)


def judge(track: Track, *, theirs: Track) -> None:
    """Let the owner of a track attest, verify, report another one, be warned, and appeal."""
    with attesting.said(attesting.Word(attesting.PAGE, "198.51.100.7", given=True)):
        attesting.require([track.pk])
    verification.begin(person=track.owner, method="dns", subject="example.org")
    make_report(theirs, reporter=track.owner, at_ms=1000)
    appeals.appeal(decision=decide(track, "warn"), text="It quotes.")

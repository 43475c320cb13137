"""Reports, cases and decisions, made by the services that make them on the site."""

from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection, transaction

from moderation import things
from moderation.appeals import services as appeals
from moderation.cases.services import open_case
from moderation.decisions import services as decisions
from moderation.decisions.statements import Statement
from moderation.models import Case, Decision, Message, Report
from moderation.reports.services import report
from moderation.strikes import services as strikes
from moderation.talks import services as talks
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


def write_to(case: Case, words: str = "What is it about?") -> Message:
    """Let a moderator write to the person a case is about."""
    return talks.write(case=case, by=moderator(), words=words)


def write_to_reporter(report: Report, words: str = "Where is it?") -> Message:
    """Let a moderator write to whoever made a report."""
    return talks.write(case=report.case, by=moderator(), report=report, words=words)


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
    case: Case | None = None,
) -> Decision:
    """Let a moderator decide about a thing, or about a part of what a case is about."""
    case = case or make_case(row, scope)
    words: dict[str, Any] = {"kind": kind, "scope": scope, "row": row, "statement": statement}
    return decisions.decide(case=case, by=by or moderator(), **words)


def judge(track: Track, *, theirs: Track) -> None:
    """Let a track’s owner attest, verify, report, be warned with a strike and a word, appeal."""
    with attesting.said(attesting.Word(attesting.PAGE, "198.51.100.7", given=True)):
        attesting.require([track.pk])
    verification.begin(person=track.owner, method="dns", subject="example.org")
    make_report(theirs, reporter=track.owner, at_ms=1000)
    made = decide(track, "warn")
    strikes.give(decision=made, by=moderator())
    write_to(made.case)
    appeals.appeal(decision=made, text="It quotes.")


def ban(person: User, *, by: User | None = None) -> Decision:
    """Let a moderator ban somebody, as the desk does, in a case that nobody reported."""
    case = open_case(kind=things.KINDS["person"], row=person, reason="other")
    words: dict[str, Any] = {"kind": "ban", "scope": "person", "statement": REASONS}
    return decisions.decide(case=case, by=by or moderator(), row=person, **words)


def unban(person: User, *, by: User | None = None) -> None:
    """Undo the ban of somebody."""
    in_force = Decision.objects.in_force().filter(kind="ban", target_id=person.pk)
    decisions.restore(decision=in_force.get(), by=by or moderator(), facts="It was wrong.")


def banned(**words: Any) -> User:
    """Return somebody who is banned."""
    person: User = UserFactory.create(**words)
    ban(person)
    return User.objects.get(pk=person.pk)


def as_before_decisions(rows: Any, **columns: Any) -> None:
    """Write on rows what the database takes from a decision alone: as those of before are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        rows.update(**columns)
        cursor.execute("SET LOCAL session_replication_role = origin")

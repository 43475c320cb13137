"""What the database itself refuses: a ban without a decision, and the end of one without another.

By raw SQL, since no code of ours stands in between then.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from moderation.decisions import services as decisions
from moderation.models import Decision
from social.models import User
from tests.factories.moderation import REASONS, ban, banned, make_case, moderator
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
BAN = "UPDATE social_user SET is_banned = true WHERE id = %s"
UNBAN = "UPDATE social_user SET is_banned = false WHERE id = %s"
STOP = "UPDATE social_user SET is_active = false WHERE id = %s"
NO_DECISION, NO_END = "nobody is banned without a decision", "a ban ends by a decision"


def run(statement: str, person: User) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [person.pk])


def is_banned(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_banned


def test_nobody_is_banned_without_a_decision() -> None:
    person = UserFactory.create()
    with pytest.raises(IntegrityError, match=NO_DECISION):
        run(BAN, person)
    assert not is_banned(person)
    with pytest.raises(IntegrityError, match=NO_DECISION):
        UserFactory.create(is_banned=True)


def test_no_other_decision_will_do() -> None:
    person, other = UserFactory.create(), banned()
    words: dict[str, Any] = {"scope": "person", "row": person, "statement": REASONS}
    case, by = make_case(person, "person"), moderator()
    decisions.decide(case=case, by=by, kind="suspend_uploads", **words)
    assert is_banned(other)
    with pytest.raises(IntegrityError, match=NO_DECISION):
        run(BAN, person)


def test_a_ban_does_not_end_but_by_a_decision_or_its_time() -> None:
    person = banned()
    with pytest.raises(IntegrityError, match=NO_END):
        run(UNBAN, person)
    assert is_banned(person)
    decision = Decision.objects.get()
    decisions.restore(decision=decision, by=moderator(), facts="It was wrong.")
    assert not is_banned(person)
    with pytest.raises(IntegrityError, match=NO_DECISION):
        run(BAN, person)


def test_what_is_over_bans_nobody_again() -> None:
    person = banned()
    decision = Decision.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        past = timezone.now() - timedelta(minutes=1)
        Decision.objects.filter(pk=decision.pk).update(until=past)
        cursor.execute("SET session_replication_role = origin")
    decision.refresh_from_db()
    decisions.end(decision=decision)
    assert not is_banned(person)
    with pytest.raises(IntegrityError, match=NO_DECISION):
        run(BAN, person)


def test_only_who_has_left_is_inactive() -> None:
    person = UserFactory.create()
    for one in (person, banned()):
        with pytest.raises(IntegrityError, match="only who has left is inactive"):
            run(STOP, one)
        assert User.objects.get(pk=one.pk).is_active
    with pytest.raises(IntegrityError, match="only who has left is inactive"):
        UserFactory.create(is_active=False)
    run("UPDATE social_user SET is_active = false, left_at = now() WHERE id = %s", person)


def test_of_two_bans_the_end_of_one_opens_nothing() -> None:
    person = UserFactory.create()
    first = ban(person)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        second = Decision.objects.get(pk=first.pk)
        second.pk, second.key = None, "k" * 22
        second.id = Decision._meta.pk.get_default()
        second.save(force_insert=True)
        cursor.execute("SET session_replication_role = origin")
    decisions.restore(decision=first, by=moderator(), facts="It was wrong.")
    assert is_banned(person)
    decisions.restore(decision=second, by=moderator(), facts="It was wrong, too.")
    assert not is_banned(person)

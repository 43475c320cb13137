"""Strikes in the database: two at once count right, and nobody changes what was given."""

from threading import Barrier, Thread

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction

from moderation.models import Decision, Strike
from moderation.models.strike import POLICY
from moderation.strikes import services
from tests.factories.moderation import decide, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def run(statement: str, *words: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, words)


def test_strikes_at_once_count_one_after_the_other() -> None:
    person, by = UserFactory.create(), moderator()
    made = [decide(PublicTrackFactory.create(owner=person), "hide") for _ in range(POLICY.most + 1)]
    services.give(decision=made[0], by=by)
    together, failed = Barrier(POLICY.most), []

    def give(decision: Decision) -> None:
        try:
            together.wait(timeout=10)
            services.give(decision=decision, by=by)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=give, args=[decision]) for decision in made[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []
    assert Strike.objects.counting().filter(person=person).count() == POLICY.most + 1
    holds = Decision.objects.in_force().filter(kind="hold", target_id=person.pk)
    assert holds.count() == 1
    assert holds.get().case.is_open


def test_a_strike_rests_on_a_decision_about_the_same_person() -> None:
    made, other = decide(PublicTrackFactory.create(), "hide"), UserFactory.create()
    track = PublicTrackFactory.create()
    for decision, person in ((made, other), (decide(track, "no_action"), track.owner)):
        with pytest.raises(IntegrityError, match="rests on a decision"):
            Strike.objects.create(decision=decision, person=person)


def test_a_strike_is_only_withdrawn_and_once() -> None:
    made = decide(PublicTrackFactory.create(), "hide")
    row = services.give(decision=made, by=moderator())
    other = UserFactory.create()
    for change in (
        "DELETE FROM moderation_strike",
        "UPDATE moderation_strike SET created_at = now() - interval '1 day'",
        f"UPDATE moderation_strike SET person_id = '{other.pk}'",
    ):
        with pytest.raises(IntegrityError, match="strikes are only withdrawn"):
            run(change)
    with pytest.raises(IntegrityError, match="in_words"):
        run("UPDATE moderation_strike SET withdrawn_at = now()")
    services.withdraw(strike=row, by=moderator(), why="The notice was taken back.")
    with pytest.raises(IntegrityError, match="strikes are only withdrawn"):
        run("UPDATE moderation_strike SET withdrawn_at = NULL, why_withdrawn = ''")
    run("UPDATE moderation_strike SET report_id = NULL")

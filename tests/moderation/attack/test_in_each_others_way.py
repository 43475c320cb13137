"""What waits for each other ends: a deed at the desk is done once more, and nothing is lost."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction

from config.lib.problems import Problem
from media_pipeline.models import Upload
from media_pipeline.uploads.services import uploads
from moderation.cases.services import open_case, reopen
from moderation.models import Case, Decision, Mute, Strike
from moderation.mutes import services as mutes
from moderation.strikes import services as strikes
from moderation.things import KINDS
from social.models import User
from tests.factories.moderation import decide, make_case, make_report, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.moderation.desk.test_desk import page_of, signed_in, words
from tests.sites import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def begun(pool: ThreadPoolExecutor, act: Callable[[], Any]) -> Future[Any]:
    """Let somebody else begin; return once they wait for a lock, or are done."""

    def doing() -> Any:
        try:
            return act()
        except Problem as refusal:
            return refusal.type
        finally:
            connections.close_all()

    ended = pool.submit(doing)
    wait_until(lambda: ended.done() or someone_waits())
    return ended


def someone_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])


def struck_twice() -> User:
    person: User = UserFactory.create()
    for _ in range(2):
        cache.clear()
        made = decide(PublicTrackFactory.create(owner=person), "warn")
        strikes.give(decision=made, by=moderator())
    return person


def test_a_third_strike_while_somebody_opens_a_case_of_the_same_person() -> None:
    """One has the person and waits for the case; the other has the case, and then wants both."""
    person = struck_twice()
    track = PublicTrackFactory.create(owner=person)
    case, client = make_case(track), signed_in(moderator())
    sent = words(track, is_strike="on", facts="A third one.")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            open_case(kind=KINDS["person"], row=person, reason="other")
            ended = begun(pool, lambda: client.post(page_of(case), sent))
            assert not ended.done()
            User.objects.select_for_update(no_key=True).get(pk=person.pk)
        assert ended.result().status_code == 302
    assert Decision.objects.filter(facts="A third one.").count() == 1
    assert Strike.objects.filter(person=person).count() == 3
    assert Decision.objects.in_force().filter(kind="hold", target_id=person.pk).exists()


def test_an_upload_that_begins_while_uploads_are_suspended() -> None:
    person = UserFactory.create()
    sent: dict[str, Any] = {"owner": person, "filename": "a.wav", "size": 1000}
    case, by = make_case(person, "person"), moderator()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            decide(person, "suspend_uploads", "person", case=case, by=by)
            ended = begun(pool, lambda: uploads.create(**sent))
        assert ended.result() == "uploads-suspended"
    assert not Upload.objects.filter(owner=person).exists()


def test_two_mute_one_source_at_the_same_moment() -> None:
    person = UserFactory.create()
    first = make_report(PublicTrackFactory.create(), reporter=person)
    mutes.warn(report=first, by=moderator(), facts="It is nothing.")
    report = make_report(PublicTrackFactory.create(), reporter=person)
    one, other = moderator(), moderator()
    words: dict[str, Any] = {"report": report, "facts": "Again.", "days": 5}
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            mutes.mute(by=one, **words)
            ended = begun(pool, lambda: mutes.mute(by=other, **words))
        assert ended.result() == "already-muted"
    assert Mute.objects.in_force().count() == 1


def test_a_case_is_opened_again_while_a_report_opens_another() -> None:
    track = PublicTrackFactory.create()
    made = decide(track, "warn")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            other = open_case(kind=KINDS["track"], row=track, reason="hate")
            ended = begun(pool, lambda: _reopen(made))
            assert not ended.done()
        assert ended.result() == other
    assert Case.objects.filter(state="open").count() == 1


def _reopen(made: Decision) -> Case:
    with transaction.atomic():
        return reopen(case=made.case, due=made.created_at)

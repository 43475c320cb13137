"""Readers of events are jobs: woken by the commit, and made up for by their round."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction
from psycopg.errors import ProgramLimitExceeded

from media_pipeline.events import registry, rounds, services
from media_pipeline.events.services import tell
from media_pipeline.events.waking import round_of
from media_pipeline.jobs.services import kinds, running, schedules
from media_pipeline.models import Asset, Event, EventReader, Job
from tests.factories.media_pipeline import AssetFactory
from tests.jobs import UNUSED, do_jobs

READER = "test"
seen: list[str] = []


def handle(event: Event) -> None:
    if event.data["number"] == "broken":
        seen.append("!")
        raise RuntimeError
    seen.append(event.data["number"])


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    seen.clear()
    monkeypatch.setattr(registry, "KINDS", {})
    monkeypatch.setattr(services, "KINDS", registry.KINDS)
    for table in (registry.READERS, kinds.KINDS, schedules.ROUNDS):
        monkeypatch.delitem(table, "nobody", raising=False)
    monkeypatch.setattr(schedules, "ROUNDS", {})
    registry.register("thing.done", "Something was done.", "number")
    registry.register("thing.else", "Something else.", "number")
    for name in list(registry.READERS):
        monkeypatch.delitem(registry.READERS, name)
    rounds.register_reader(READER, handle, "Reads in a test", kinds=["thing.done"])
    yield
    for name in (READER, "another"):
        registry.READERS.pop(name, None)
        kinds.KINDS.pop(round_of(name), None)


def test_a_commit_wakes_the_reader_and_nothing_is_read_before(
    transactional_db: None,
) -> None:
    asset = AssetFactory()
    with transaction.atomic():
        for number in ("1", "2"):
            tell("thing.done", of=asset, number=number)
        assert not Job.objects.filter(kind=round_of(READER)).exists()
    job = Job.objects.get(kind=round_of(READER))
    assert job.state == Job.State.PENDING
    do_jobs()
    assert seen == ["1", "2"]
    tell("thing.done", of=asset, number="3")
    assert Job.objects.get(kind=round_of(READER)).state == Job.State.PENDING, "the same row"
    do_jobs()
    assert seen == ["1", "2", "3"]


def test_what_is_no_concern_of_a_reader_does_not_wake_it(transactional_db: None) -> None:
    tell("thing.else", of=AssetFactory(), number="1")
    assert not Job.objects.filter(kind=round_of(READER)).exists()


def test_a_host_that_died_before_waking_it_is_made_up_for(db: None) -> None:
    tell("thing.done", of=AssetFactory(), number="1")  # nothing commits here: nobody is woken
    schedules.queue_due()
    do_jobs()
    assert seen == ["1"]


def test_what_comes_while_it_reads_is_read_after(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = AssetFactory()
    tell("thing.done", of=asset, number="1")
    whole = services.read

    def read(*words: object, **more: object) -> int:
        got = whole(*words, **more)  # type: ignore[arg-type]
        if seen == ["1"]:
            tell("thing.done", of=asset, number="2")
        return got

    monkeypatch.setattr(services, "read", read)
    do_jobs()
    assert seen == ["1", "2"]


def test_an_event_that_cannot_be_handled_holds_up_no_other(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    asset = AssetFactory()
    for number in ("1", "broken", "2"):
        tell("thing.done", of=asset, number=number)
    schedules.run_now(round_of(READER))
    do_jobs()
    assert seen == ["1", "!", "!", "!", "2"]
    assert "could not read the event" in caplog.text
    assert services.waiting(READER) == 0


def test_a_database_that_is_away_is_waited_for(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    event = tell("thing.done", of=AssetFactory(), number="1")

    def away(_event: Event) -> None:
        raise OperationalError

    with pytest.raises(OperationalError):
        rounds._try(READER, away, event)
    assert not EventReader.objects.filter(read__gt=0, name=READER).exists()


def test_what_the_database_refuses_to_do_holds_up_no_other(db: None) -> None:
    """A limit of the database (54000) is no outage: it would be met again for ever."""
    event, tried = tell("thing.done", of=AssetFactory(), number="1"), []

    def too_much(_event: Event) -> None:
        tried.append(1)
        raise OperationalError from ProgramLimitExceeded()

    rounds._try(READER, too_much, event)
    assert len(tried) == 3


def test_what_is_told_at_once_wakes_a_reader_once(
    transactional_db: None, django_assert_max_num_queries: Any
) -> None:
    asset = AssetFactory()
    told = [services.Told(asset, None, {"number": n}) for n in range(50)]
    with django_assert_max_num_queries(12), transaction.atomic():  # one insert, and one job
        services.tell_each("thing.done", told)
    assert Job.objects.filter(kind=round_of(READER), state=Job.State.PENDING).count() == 1


def test_who_was_woken_by_one_commit_is_woken_by_the_next(transactional_db: None) -> None:
    asset, jobs = AssetFactory(), Job.objects.filter(kind=round_of(READER))
    with transaction.atomic():
        tell("thing.done", of=asset, number="1")
        transaction.set_rollback(True)
    assert not jobs.exists()
    for number in ("2", "3"):
        with transaction.atomic():
            with suppress(RuntimeError), transaction.atomic():
                tell("thing.done", of=asset, number="never")
                raise RuntimeError
            tell("thing.done", of=asset, number=number)
        assert jobs.filter(state=Job.State.PENDING).count() == 1
        do_jobs()
    assert seen == ["2", "3"]


def test_events_are_handled_together(db: None, django_assert_max_num_queries: Any) -> None:
    asset, many = AssetFactory(), services.TOGETHER
    for n in range(many):
        tell("thing.done", of=asset, number=str(n))
    services.number_all()
    with django_assert_max_num_queries(2 * many + 20):  # a savepoint for each
        assert services.read(READER, handle) == many


def test_what_is_locked_for_an_event_is_free_once_another_one_fails(
    transactional_db: None,
) -> None:
    """A handler that waits for who waits for those before it would fail for good."""
    asset = AssetFactory()
    for number in ("1", "2"):
        tell("thing.done", of=asset, number=number)
    names: list[str] = []

    def look(event: Event) -> None:
        if event.data["number"] == "1":
            Asset.objects.filter(pk=asset.pk).update(filename="of the first")
            return
        with ThreadPoolExecutor(1) as pool:
            names.append(pool.submit(apart_name).result())
        if names[-1] != "of the first":
            raise RuntimeError

    def apart_name() -> str:
        try:
            return str(Asset.objects.get(pk=asset.pk).filename)
        finally:
            connections.close_all()

    rounds.register_reader("another", look, "Reads in a test", kinds=["thing.done"])
    kinds.KINDS[round_of("another")].do(UNUSED)
    assert len(names) == 2
    assert names[-1] == "of the first", "those before it are committed"
    assert services.waiting("another") == 0


def test_who_has_much_to_read_lets_others_have_their_turn(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "READ_AT_ONCE", 2)
    whole = services.read
    monkeypatch.setattr(services, "read", lambda *words: whole(*words, most=2))
    asset = AssetFactory()
    for number in ("1", "2", "3"):
        tell("thing.done", of=asset, number=number)
    jobs = Job.objects.filter(kind=round_of(READER))
    assert running.run_next(["general"])
    assert (seen, jobs.get().state) == (["1", "2"], Job.State.PENDING)
    do_jobs()
    assert (seen, jobs.get().state) == (["1", "2", "3"], Job.State.SUCCEEDED)

"""Readers of events are jobs: woken by the commit, and made up for by their round."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, transaction
from psycopg.errors import ProgramLimitExceeded

from media_pipeline.events import registry, rounds, services
from media_pipeline.events.services import round_of, tell
from media_pipeline.jobs.services import kinds, schedules
from media_pipeline.models import Event, EventReader, Job
from tests.factories.media_pipeline import AssetFactory
from tests.jobs import do_jobs

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
    registry.READERS.pop(READER, None)
    kinds.KINDS.pop(round_of(READER), None)


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

"""What has happened is read by everybody once, in one order, however commits overlap."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections, transaction

from media_pipeline.events import registry, services
from media_pipeline.events.services import number_all, read, tell
from media_pipeline.models import Event, EventReader
from tests.factories.media_pipeline import AssetFactory


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "KINDS", {})
    monkeypatch.setattr(services, "KINDS", registry.KINDS)
    registry.register("thing.done", "Something was done.", "number")


@pytest.mark.django_db
def test_what_is_told_names_its_subject_and_ids_only() -> None:
    asset, actor = AssetFactory(), uuid4()
    event = tell("thing.done", of=asset, by=actor, number=7)
    event.refresh_from_db()
    assert (event.subject, event.actor) == (f"media_pipeline.asset:{asset.pk}", actor)
    assert (event.data, event.number, event.audience) == ({"number": "7"}, None, "public")


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "data"), [("thing.undone", {}), ("thing.done", {"name": "x"})])
def test_what_nobody_has_registered_is_not_told(kind: str, data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"thing\."):
        tell(kind, of=AssetFactory(), **data)
    with pytest.raises(ValueError, match="twice"):
        registry.register("thing.done", "Again.")


@pytest.mark.django_db
def test_an_event_whose_handling_fails_is_met_again() -> None:
    asset = AssetFactory()
    for n in range(3):
        tell("thing.done", of=asset, number=n)
    seen: list[str] = []

    def handle(event: Event) -> None:
        if event.data["number"] == "1" and len(seen) < 2:
            seen.append("!")
            raise RuntimeError
        seen.append(event.data["number"])

    with pytest.raises(RuntimeError):
        read("a", handle)
    assert EventReader.objects.get(name="a").read == 1
    assert read("a", handle) == 2
    assert seen == ["0", "!", "1", "2"]
    assert read("a", handle) == 0
    assert services.waiting("a") == 0
    assert services.waiting("b") == 3


@pytest.mark.long("fifty writers with overlapping transactions")
@pytest.mark.django_db(transaction=True)
def test_fifty_writers_whose_commits_overlap_are_read_whole_and_in_order() -> None:
    asset, each, writers = AssetFactory(), 6, 50
    over = threading.Event()

    def write(n: int) -> None:
        dice = random.Random(n)
        try:
            for _ in range(each):
                with transaction.atomic():
                    tell("thing.done", of=asset, number=n)
                    time.sleep(dice.random() / 50)
                    if dice.random() < 0.1:
                        transaction.set_rollback(True)
        finally:
            connections.close_all()

    def follow(name: str) -> list[int]:
        seen: list[int] = []
        try:
            while True:
                last = over.is_set()
                if not read(name, lambda event: seen.append(event.number or 0)) and last:
                    return seen
                time.sleep(0.002)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as readers, ThreadPoolExecutor(10) as people:
        following = [readers.submit(follow, name) for name in ("a", "b", "c")]
        list(people.map(write, range(writers)))
        over.set()
        found = [each.result(60) for each in following]
    number_all()
    committed = Event.objects.count()
    assert committed > writers * each * 0.8
    for seen in found:
        assert seen == list(range(1, committed + 1)), "in order, none twice, none missed, no gap"


@pytest.mark.django_db(transaction=True)
def test_two_who_read_as_one_share_the_work() -> None:
    asset = AssetFactory()
    for n in range(30):
        tell("thing.done", of=asset, number=n)
    seen: list[int] = []

    def follow(_: int) -> None:
        try:
            for _ in range(200):
                if not read("a", lambda event: seen.append(event.number or 0), most=1):
                    time.sleep(0.001)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(follow, range(4)))
    assert seen == list(range(1, 31))

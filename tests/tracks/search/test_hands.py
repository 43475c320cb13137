"""Several hands on documents at once, and much to do at once: what is found is as it is now."""

import threading
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connections
from psycopg.errors import DeadlockDetected

from social.models import User
from tests.depth import depth
from tests.factories import moderation as judges
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.indexing import index
from tests.tracks.search.test_finding import titles
from tracks.models import ChangedThing, Document, Track
from tracks.search import selectors
from tracks.search.grammar import read
from tracks.search.registry import KINDS
from tracks.search.services import indexing


@pytest.mark.django_db(transaction=True)
def test_who_read_before_the_last_change_does_not_write_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    track = PublicTrackFactory.create(title="Before")
    kind, has_read, may_go = KINDS["track"], threading.Event(), threading.Event()

    def build(keys: Any) -> Any:
        found = kind.build(keys)
        if not has_read.is_set():
            has_read.set()
            may_go.wait(10)
        return found

    monkeypatch.setitem(KINDS, "track", replace(kind, build=build))
    indexing.mark([f"track:{track.pk}"])
    first = _begin(indexing.work_off)
    assert has_read.wait(10)
    Track.objects.filter(pk=track.pk).update(title="After")
    indexing.mark([f"track:{track.pk}"])
    second = _begin(indexing.work_off)
    second.join(0.5)
    may_go.set()
    for hand in (first, second):
        hand.join(10)
    assert titles("after") == ["After"]
    assert titles("before") == []
    assert not ChangedThing.objects.exists()


def _begin(act: Any) -> threading.Thread:
    def do() -> None:
        try:
            act()
        finally:
            connections.close_all()

    hand = threading.Thread(target=do)
    hand.start()
    return hand


@pytest.mark.django_db
def test_who_is_in_the_way_of_others_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    track, kind, tries = PublicTrackFactory.create(title="One"), KINDS["track"], list[int]()

    def build(keys: Any) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError from DeadlockDetected()
        return kind.build(keys)

    monkeypatch.setitem(KINDS, "track", replace(kind, build=build))
    indexing.mark([f"track:{track.pk}"])
    with pytest.raises(OperationalError):
        indexing.work_off()
    assert ChangedThing.objects.exists()
    indexing.work_off()
    assert titles("one") == ["One"]


@pytest.mark.django_db
def test_thousands_of_pieces_follow_one_name() -> None:
    count = depth(some=1_200, all_of_them=5_000)
    owner = UserFactory.create(handle="anna", display_name="Anna")
    model = PublicTrackFactory.create(owner=owner, title="No. 0")
    Track.objects.bulk_create(
        Track(
            id=uuid4(),
            owner=owner,
            title=f"No. {n}",
            slug=f"no-{n}",
            visibility="public",
            published_at=model.published_at,
        )
        for n in range(1, count)
    )
    index()
    User.objects.filter(pk=owner.pk).update(display_name="Berta")
    indexing.mark([f"person:{owner.pk}"])
    assert indexing.work_off(500) is True, "other work comes in between"
    while indexing.work_off(500):
        pass
    assert not ChangedThing.objects.exists()
    berta = Document.objects.filter(kind="track", words__contains="'by=berta'")
    assert berta.count() == count
    with selectors.bounded(5):
        assert selectors.count(read({"q": ["by:anna -by:berta"]}), owner) == 0
    judges.as_before_decisions(User.objects.filter(pk=owner.pk), is_banned=True)
    with selectors.bounded(5):
        assert selectors.results(read({"q": ["berta"]}), owner).tracks == []

"""Public ids that sort by time, also those of what has happened before."""

from datetime import timedelta

from django.utils import timezone

from config.lib.ids import uuid7, uuid7_of


def test_an_id_of_the_past_sorts_where_it_belongs() -> None:
    now = timezone.now()
    past = now - timedelta(milliseconds=50)  # the clocks of two cores differ by microseconds
    times = [now - timedelta(days=9), past - timedelta(microseconds=2), past]
    ids = [*(uuid7_of(at) for at in times), uuid7(), uuid7_of(now + timedelta(seconds=5))]
    assert ids == sorted(ids)
    assert {one.version for one in ids} == {7}
    assert {one.variant for one in ids} == {uuid7().variant}
    assert len({uuid7_of(now) for _ in range(50)}) == 50

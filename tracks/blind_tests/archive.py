"""Blind tests somebody has taken, and those taken on their tracks, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q

from config.lib.archive import (
    COUNT,
    ID,
    NUMBER,
    TIME,
    YES_OR_NO,
    many,
    maybe,
    moment,
    one_of,
    row,
    text,
)
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.models import BlindTest, Track

SIDE = one_of("a", "b")
SCHEMA = row(
    "A blind test, by you or on a track of yours",
    id=ID,
    track=ID,
    track_title=text(200) | {"description": "Empty where you may not open it any more."},
    version_a=ID,
    version_b=ID,
    number_a=COUNT,
    number_b=COUNT,
    own=YES_OR_NO | {"description": "You have listened."},
    listener=text(80),
    trials=COUNT,
    correct=COUNT,
    hidden=many(SIDE),
    answers=many(SIDE),
    p_value=maybe(NUMBER),
    created_at=TIME,
    finished_at=maybe(TIME),
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    visible = Track.objects.visible_to(person).filter(pk=OuterRef("track"))
    tests = BlindTest.objects.filter(Q(track__owner=person) | Q(listener=person), trials__gt=0)
    whole = tests.select_related("track", "version_a", "version_b", "listener")
    for test in whole.annotate(opens=Exists(visible)).order_by("pk").iterator():
        yield {
            "id": str(test.pk),
            "track": str(test.track_id),
            "track_title": test.track.title if test.opens else "",
            "version_a": str(test.version_a_id),
            "version_b": str(test.version_b_id),
            "number_a": test.version_a.number,
            "number_b": test.version_b.number,
            "own": test.listener_id == person.pk,
            "listener": test.listener.name if test.listener else test.listener_name,
            "trials": test.trials,
            "correct": test.correct,
            "hidden": test.hidden[: test.trials],
            "answers": test.answers,
            "p_value": test.p_value,
            "created_at": moment(test.created_at),
            "finished_at": moment(test.finished_at),
        }


def register_all() -> None:
    """Say what goes along of blind tests."""
    sentence = "Blind tests you have taken, and those taken on your tracks."
    register_section(Section("blind_tests", sentence, SCHEMA, _rows))

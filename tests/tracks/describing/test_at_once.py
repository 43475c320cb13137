"""Two who describe at the same moment: one writes, the other is told, and nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connections, transaction

from config.lib.problems import Problem
from tests.factories.tracks import PublicTrackFactory
from tests.sites import wait_until
from tracks.catalogue.services import deletion
from tracks.credits.services import crediting
from tracks.credits.services.names import names_for
from tracks.describing.services import describe, etag_of
from tracks.models import Name, Tag, Track
from tracks.music_facts import services as music_facts
from tracks.tags.services import tagging

pytestmark = pytest.mark.django_db(transaction=True)
Deed = Callable[[], Any]


def crossed(first: Deed, second: Deed, then: Deed = lambda: None) -> tuple[Any, Any]:
    """Do `first`, and `then` in its transaction once `second` waits for it; what came of both."""
    is_begun = Event()

    def leading() -> Any:
        done = first()
        is_begun.set()
        wait_until(_somebody_waits, seconds=5)
        then()
        return done

    with ThreadPoolExecutor(2) as pool:
        leader = pool.submit(_alone, leading)
        assert is_begun.wait(5)
        follower = pool.submit(_alone, second)
        return leader.result(10), follower.result(10)


def _alone(deed: Deed) -> Any:
    """Do it in a transaction, on a connection of one's own; a refusal is what comes of it."""
    try:
        with transaction.atomic():
            return deed()
    except Problem as refusal:
        return refusal.type
    finally:
        connections.close_all()


def _somebody_waits() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_of_two_who_read_the_same_one_writes() -> None:
    track = PublicTrackFactory.create(title="Before")
    seen = etag_of(track)

    def say(title: str) -> Deed:
        return lambda: describe(track=track, by=track.owner, words={"title": title}, seen=seen)

    assert crossed(say("One"), say("Two")) == (None, "changed-since")
    assert Track.objects.get().title == "One"


def test_two_who_make_the_same_names_do_not_wait_for_ever() -> None:
    by = PublicTrackFactory.create().owner
    crossed(
        lambda: names_for(["Ada"], by=by),
        lambda: names_for(["Bea", "Ada"], by=by),
        lambda: names_for(["Bea"], by=by),
    )
    assert set(Name.objects.values_list("name", flat=True)) == {"Ada", "Bea"}


def test_two_who_make_the_same_tags_do_not_wait_for_ever() -> None:
    crossed(
        lambda: tagging.tags_for(["autumn"]),
        lambda: tagging.tags_for(["brass", "autumn"]),
        lambda: tagging.tags_for(["brass"]),
    )
    assert set(Tag.objects.values_list("name", flat=True)) == {"autumn", "brass"}


def test_tags_that_change_places_are_counted() -> None:
    one, other = PublicTrackFactory.create(), PublicTrackFactory.create()
    third = PublicTrackFactory.create()
    for tag in ("autumn", "brass"):  # in the order of their keys
        tagging.set_tags(track=third, names=[tag], by=third.owner)
    tagging.set_tags(track=third, names=[], by=third.owner)
    tagging.set_tags(track=other, names=["autumn"], by=other.owner)
    crossed(
        lambda: tagging.add_tags(tracks=[one], names=["autumn"], by=one.owner),
        lambda: tagging.set_tags(track=other, names=["brass"], by=other.owner),
        lambda: tagging.add_tags(tracks=[one], names=["brass"], by=one.owner),
    )
    assert dict(Tag.objects.values_list("name", "uses")) == {"autumn": 1, "brass": 2}


@pytest.mark.parametrize("deed", ["tags", "credits", "music"])
def test_what_is_deleted_this_moment_is_no_500(deed: str) -> None:
    track = PublicTrackFactory.create()
    deeds: dict[str, Deed] = {
        "tags": lambda: tagging.add_tags(tracks=[track], names=["autumn"], by=track.owner),
        "credits": lambda: crediting.set_artists(thing=track, artists=[], by=track.owner),
        "music": lambda: music_facts.say(track=track, bpm="120", key="", by=track.owner),
    }
    gone = crossed(lambda: deletion.delete(track=track, by=track.owner), deeds[deed])
    assert gone == (None, "not-found")

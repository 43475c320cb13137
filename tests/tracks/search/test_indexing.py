"""Documents follow what has changed, whatever goes wrong on the way."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from social.models import User
from tests.factories.tracks import PublicTrackFactory
from tests.indexing import index
from tests.tracks.search.test_finding import titles
from tracks.models import ChangedThing, Document, KnownWord, Track
from tracks.search.registry import KINDS
from tracks.search.services import indexing

pytestmark = pytest.mark.django_db


def test_what_has_changed_is_found_as_it_is_now(client: Client) -> None:
    track = PublicTrackFactory.create(title="One")
    index()
    client.force_login(track.owner)
    answer = client.patch(
        f"/api/v1/tracks/{track.pk}/", {"title": "Béla's song"}, content_type="application/json"
    )
    assert answer.status_code == 200
    assert titles("bela") == [], "a job makes the document"
    indexing.work_off()
    assert titles("belas") == ["Béla's song"]
    assert not ChangedThing.objects.exists()


def test_who_is_called_otherwise_is_found_by_the_new_name() -> None:
    track = PublicTrackFactory.create(title="One", owner__display_name="Anna")
    index()
    User.objects.filter(pk=track.owner.pk).update(display_name="Berta")
    indexing.mark([f"person:{track.owner.pk}"])
    indexing.work_off()
    assert titles("by:berta") == ["One"]
    assert titles("anna") == []


def test_one_that_cannot_be_made_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    good, bad = PublicTrackFactory.create(title="Good"), PublicTrackFactory.create(title="Bad")
    kind = KINDS["track"]

    def build(keys: Any) -> Any:
        if str(bad.pk) in keys:
            raise ZeroDivisionError
        return kind.build(keys)

    monkeypatch.setitem(KINDS, "track", replace(kind, build=build))
    indexing.mark([f"track:{bad.pk}", f"track:{good.pk}", "label:None", "track:", "nothing:1"])
    indexing.work_off()
    assert titles("good") == ["Good"]
    assert f"The document of track:{bad.pk} could not be made." in caplog.text
    assert not ChangedThing.objects.exists()


def test_what_was_missed_is_found_by_looking_on() -> None:
    cache.delete(indexing.PLACE)
    missed, gone = (
        PublicTrackFactory.create(title="Missed"),
        PublicTrackFactory.create(title="Gone"),
    )
    index()
    Document.objects.filter(pk=missed.pk).delete()
    Track.objects.filter(pk=gone.pk).update(visibility="private")
    for _ in range(len(KINDS) * 2 + 1):
        indexing.look_on(1)
    assert not Document.objects.filter(pk=gone.pk).exists()
    assert ChangedThing.objects.filter(thing=f"track:{missed.pk}").exists()
    assert indexing.work_off(1) is True
    assert indexing.work_off() is False
    assert titles("missed") == ["Missed"]
    cache.delete(indexing.PLACE)


def test_words_that_nothing_has_are_forgotten() -> None:
    track = PublicTrackFactory.create(title="Wanderer")
    index()
    Track.objects.filter(pk=track.pk).update(title="Nocturne")
    index()
    indexing.look_over()
    assert not KnownWord.objects.filter(word="wanderer").exists()
    assert KnownWord.objects.filter(word="nocturne").exists()

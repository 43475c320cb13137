"""A release kept as evidence keeps its pieces with their files; refused forms keep their words."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.storage import get_storage
from moderation.custody import services
from moderation.models import Custody, Decision
from social.models import User
from tests.factories.moderation import make_report, moderator
from tests.factories.social import stale
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.jobs import do_jobs
from tests.moderation.desk.test_desk import QUEUE, page_of, signed_in
from tracks.catalogue.services import deletion
from tracks.collections import services as collections
from tracks.deleted import services as deleted
from tracks.models import Release, Track

pytestmark = pytest.mark.django_db
TYPED = {"reason": "A threat at <0:42>.", "authority": "", "days": "30"}
SHOWN = "A threat at &lt;0:42&gt;."


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def opener() -> User:
    person = moderator()
    person.user_permissions.add(Permission.objects.get(codename="open_custody"))
    return User.objects.get(pk=person.pk)


def kept() -> tuple[Custody, Release, list[Track]]:
    """Keep a release of two pieces apart, its bundle made."""
    release = ReleaseFactory.create(visibility="public")
    tracks = PublicTrackFactory.create_batch(2, owner=release.owner)
    for place, track in enumerate(tracks, 1):
        release.items.create(track=track, position=place)
        data = f"RIFF {place}".encode()
        get_storage().write(track.primary_version.media.asset.key, data, content_type="audio/wav")
    case = make_report(release, "release", "violence").case
    made = services.keep(case=case, by=moderator(), reason="A threat.", authority="The police")
    do_jobs("slow")
    return Custody.objects.get(pk=made.pk), release, tracks


def test_its_pieces_are_in_the_bundle_with_their_files() -> None:
    custody, release, tracks = kept()
    assert Client().get(release.get_absolute_url()).status_code == 404
    stream = services.open_bundle(custody=custody, by=opener(), reason="For the police.")
    with zipfile.ZipFile(io.BytesIO(b"".join(stream))) as bundle:
        words = json.loads(bundle.read("words.json"))
        names = [name for name in bundle.namelist() if name.startswith("originals/v1-")]
        assert {bundle.read(name) for name in names} == {b"RIFF 1", b"RIFF 2"}
    assert {row["title"] for row in words["piece"]} == {track.title for track in tracks}
    assert len(words["versions"]) == 2


def test_neither_it_nor_its_pieces_are_removed_until_it_is_released() -> None:
    custody, release, tracks = kept()
    owner, long_ago = release.owner, timezone.now() - timedelta(days=90)
    with pytest.raises(Problem, match="cannot be removed"):
        deletion.remove(track=tracks[1], by=owner)
    collections.delete(collection=release, by=owner)
    Release.everything.filter(pk=release.pk).update(deleted_at=long_ago)
    Track.everything.filter(pk=tracks[0].pk).update(deleted_at=long_ago)
    with pytest.raises(Problem, match="cannot be removed"):
        deleted.remove(thing=Release.everything.get(pk=release.pk), by=owner)
    assert deleted.forget_old(timezone.now(), 100) == 0
    services.release(custody=custody, by=opener(), reason="The police have it.")
    assert deleted.forget_old(timezone.now(), 100) == 2
    assert not Release.everything.filter(pk=release.pk).exists()


def test_of_a_playlist_the_pieces_are_others_and_it_stays_itself() -> None:
    track = PublicTrackFactory.create()
    playlist = PlaylistFactory.create(visibility="public")
    playlist.items.create(track=track, position=1, added_by=playlist.owner)
    case = make_report(playlist, "playlist", "violence").case
    made = services.keep(case=case, by=moderator(), reason="A threat.", authority="The police")
    assert made.track_ids == []
    deletion.remove(track=track, by=track.owner)
    with pytest.raises(Problem, match="cannot be removed"):
        deleted.take_away(thing=playlist, by=playlist.owner)


def test_a_form_that_was_refused_keeps_what_was_typed() -> None:
    case = make_report(PublicTrackFactory.create(), reason="violence").case
    client = signed_in(moderator())
    page = client.post(f"{QUEUE}{case.pk}/keep/", TYPED, follow=True).text
    assert "Say why" in page
    assert "<details open>" in page
    assert f">{SHOWN}</textarea>" in page
    assert 'max="3650" value="30"' in page
    assert SHOWN not in client.get(page_of(case)).text
    assert not Decision.objects.exists()


def test_who_keeps_what_another_has_kept_loses_no_word() -> None:
    custody, _release, _tracks = kept()
    given = TYPED | {"authority": "The police of Berne"}
    page = signed_in(moderator()).post(f"{QUEUE}{custody.case_id}/keep/", given, follow=True).text
    assert "It is kept apart already." in page
    assert f"{SHOWN}\n\nThe police of Berne\n\n30</textarea>" in page


@pytest.mark.parametrize("act", ["bundle", "letter", "release"])
def test_the_reason_to_look_stands_there_again(act: str) -> None:
    custody, _release, _tracks = kept()
    Custody.objects.update(made_at=None)
    long = "x" * 1001
    page = signed_in(opener()).post(f"{QUEUE}{custody.pk}/{act}/", {"reason": long}, follow=True)
    assert "at most 1000 characters" in page.text
    assert f'required value="{long}"' in page.text


def test_who_closes_by_keeping_shows_a_code_first() -> None:
    case = make_report(PublicTrackFactory.create(), reason="violence").case
    client = stale(moderator())
    words: dict[str, Any] = TYPED | {"authority": "The police"}
    answer = client.post(f"{QUEUE}{case.pk}/keep/", words)
    assert "reauthenticate" in answer["Location"]
    assert not Custody.objects.exists()

"""Nothing of a piece that is not everybody's is sent to a provider its owner has not named.

Whatever machines, jobs, rounds and pages of this app there are, they are all driven: none is left
out by name.
"""

import inspect
import wave
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, resolve, reverse
from django.utils import timezone

from assistant.consent import services as consent
from assistant.models import Transcript
from assistant.providers.registry import MACHINES
from config.lib import redis
from media_pipeline.jobs.services.kinds import KINDS
from media_pipeline.jobs.services.schedules import ROUNDS
from media_pipeline.models import Asset
from media_pipeline.signals import asset_ready
from media_pipeline.storage import get_storage
from tests.assistant.loopback import DIMENSIONS, Loopback, listening
from tests.factories.described import tag_on
from tests.factories.notes import NoteFactory
from tests.factories.tracks import PublicTrackFactory, TrackFactory
from tests.jobs import UNUSED, do_jobs, read_events
from tests.media import processed
from tracks.catalogue.services import editing
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)
# One for each place in which words stand, so that a leak says where it comes from.
WORDS = {
    place: f"Quillfeather{place.title()}Zanzibar"
    for place in ("title", "description", "lyrics", "tag", "note", "transcript", "filename")
}
ABOUT_CONSENT = {"track-machines", "api-track-consent"}
CLOSED: dict[str, dict[str, Any]] = {
    "private": {"visibility": "private", "published_at": None},
    "unlisted": {"visibility": "unlisted", "published_at": None},
    "its hour to come": {
        "visibility": "public",
        "published_at": None,
        "release_at": timezone.now() + timedelta(days=1),
    },
}


@pytest.fixture
def provider(settings: Any) -> Iterator[Loopback]:
    """Let every task go to a server on this machine, as far as anybody lets it."""
    settings.NEXUS_MACHINES = "providers"
    settings.NEXUS_SPEECH = settings.NEXUS_EMBEDDINGS = settings.NEXUS_WRITER = "openai"
    settings.NEXUS_OPENAI_KEY = "key"
    settings.NEXUS_EMBEDDINGS_MODEL = settings.NEXUS_SPEECH_MODEL = "model"
    settings.NEXUS_WRITER_MODEL = "model"
    settings.NEXUS_EMBEDDINGS_DIMENSIONS = DIMENSIONS
    with listening() as server:
        settings.NEXUS_OPENAI_URL = server.url
        yield server
    client = redis.client()
    for key in client.scan_iter(redis.key("breaker", "127.0.0.1*")):
        client.delete(key)


@pytest.fixture(scope="module")
def noise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of noise: such bytes are in no other file."""
    path = tmp_path_factory.mktemp("egress") / f"{WORDS['filename']}.wav"
    samples = np.random.default_rng(7).normal(0, 6000, 2 * 44_100).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 44_100, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


def piece(sound: Path, **fields: Any) -> Track:
    """Return a piece in which each of the words stands where it says."""
    asset = processed(sound, ["process"])
    track: Track = TrackFactory.create(version=asset, **fields)
    track.versions.update(status="ready")
    words = {"title": WORDS["title"], "description_md": f"About {WORDS['description']}."}
    words |= {"lyrics": f"[00:00.50]{WORDS['lyrics']}", "form": "speech"}
    editing.edit(track=track, by=track.owner, **words)
    tag_on(track, WORDS["tag"])
    NoteFactory.create(version=track.primary_version, body_md=f"Mind {WORDS['note']}.")
    said = [[0, 400, "Say", 0.9], [400, 900, WORDS["transcript"], None]]
    segment = {"begin_ms": 0, "end_ms": 900, "speaker": "", "words": said}
    Transcript.objects.create(version=track.versions.get(), segments=[segment])
    return Track.objects.get(pk=track.pk)


def drive(track: Track) -> None:
    """Do all that may ask a provider: what follows a file, rounds, jobs, events, pages, search."""
    asset = Asset.objects.get(media__version=track.primary_version_id)
    asset_ready.send(Asset, asset=asset)
    client = Client(raise_request_exception=False)
    client.force_login(track.owner)
    for _ in range(2):
        read_events()
        for name in own_rounds():
            KINDS[name].do(UNUSED)
        for worker in ("general", "slow"):
            do_jobs(worker)
        for where in own_places(track):
            assert client.get(where).status_code < 500, where
            answer = client.post(where, {}, content_type="application/json")
            assert answer.status_code < 500, where
    for person in (client, Client()):
        assert person.get("/search/?q=harbour").status_code == 200
        said = {"query": "harbour at night"}
        answer = person.post("/api/v1/search/", said, content_type="application/json")
        assert answer.status_code < 500
    do_jobs("general")


def own_rounds() -> list[str]:
    """Return what comes round in this app."""
    found = []
    for name in ROUNDS:
        act = inspect.getclosurevars(KINDS[name].do).nonlocals["do"]
        if getattr(act, "func", act).__module__.startswith("assistant."):
            found.append(name)
    return found


def own_places(track: Track) -> list[str]:
    """Return every address of this app that is about a piece or a version."""
    things: list[dict[str, Any]] = [{"slug": track.slug}, {"id": track.pk}]
    things.append({"id": track.primary_version_id})
    found = set()
    for name in get_resolver().reverse_dict:
        for thing in things if isinstance(name, str) and name not in ABOUT_CONSENT else ():
            try:
                where = reverse(name, kwargs=thing)
            except NoReverseMatch:
                continue
            view: Any = resolve(where).func
            if getattr(view, "view_class", view).__module__.startswith("assistant."):
                found.add(where)
    return sorted(found)


def leaks(server: Loopback, track: Track) -> list[str]:
    """Return what was sent of a piece: which words, and whether sound."""
    asset = Asset.objects.get(media__version=track.primary_version_id)
    bytes_of_it = get_storage().read(asset.key)[10_000:10_032]
    marks = {place: word.lower().encode() for place, word in WORDS.items()}
    marks |= {"id": str(track.pk).encode(), "slug": track.slug.encode()}
    found = []
    for where, sent in server.sent:
        found += [f"{where}: {place}" for place, mark in marks.items() if mark in sent.lower()]
        if bytes_of_it in sent or where.endswith("/audio/transcriptions"):
            found.append(f"{where}: sound")
    return found


@pytest.mark.parametrize("state", CLOSED)
def test_nothing_of_what_is_closed_is_sent(provider: Loopback, noise: Path, state: str) -> None:
    track = piece(noise, **CLOSED[state])
    drive(track)
    assert leaks(provider, track) == []


def test_nothing_of_what_stays_here_is_sent(provider: Loopback, noise: Path) -> None:
    track = piece(noise, visibility="public")
    Track.objects.filter(pk=track.pk).update(published_at=PublicTrackFactory.create().published_at)
    consent.say(track=track, by=track.owner, where="here")
    drive(track)
    assert leaks(provider, track) == []


def test_nothing_is_sent_once_it_was_withdrawn(provider: Loopback, noise: Path) -> None:
    if not MACHINES.elsewhere():
        pytest.skip("no machine elsewhere is registered: nothing can be withdrawn")
    track = piece(noise, **CLOSED["private"])
    for where in ("providers", "here"):
        consent.say(track=track, by=track.owner, where=where, providers=[*MACHINES.elsewhere()])
    drive(track)
    assert leaks(provider, track) == []


def test_what_its_owner_has_named_is_sent(provider: Loopback, noise: Path) -> None:
    """Were nothing ever sent, the tests above would say nothing."""
    if not MACHINES.elsewhere():
        pytest.skip("no machine elsewhere is registered: nothing could be sent at all")
    track = piece(noise, **CLOSED["private"])
    Transcript.objects.all().delete()  # so that there is something to hear
    consent.say(track=track, by=track.owner, where="providers", providers=[*MACHINES.elsewhere()])
    drive(track)
    assert any("sound" in leak for leak in leaks(provider, track))
    assert any("/embeddings: " in leak for leak in leaks(provider, track))

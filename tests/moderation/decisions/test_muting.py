"""A muted moment is heard by nobody from anywhere; its owner keeps the original."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client

from config.lib.ids import uuid7
from config.lib.problems import Problem
from media_pipeline.jobs.errors import Transient
from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.running import run_job
from media_pipeline.models import Asset, Job
from media_pipeline.processing.services.muting import require_same, spans_of
from media_pipeline.storage import get_storage
from moderation.decisions import services
from moderation.decisions.statements import Statement
from moderation.models import Decision
from tests.factories.media_pipeline import AssetFactory
from tests.factories.moderation import REASONS, decide, make_case, moderator
from tests.factories.stems import ready_stem
from tests.factories.tracks import PublicTrackFactory, add_version
from tests.jobs import do_jobs
from tests.media_pipeline.audio import decode
from tracks import access, player
from tracks.models import Track, TrackVersion

pytestmark = pytest.mark.django_db(transaction=True)
Tone = Callable[..., Path]
SPAN = (2000, 3000)
MOMENT = replace(REASONS, span=SPAN)
RATE = 48_000
AROUND = 0.2  # seconds on both sides that may be silent, too
FOLDERS = ("opus", "opus64", "aac")


def arrive(path: Path, owner: Any) -> Asset:
    """Put a file into the storage, and make what listeners get of it."""
    key = uuid7()
    name = f"originals/{key}.wav"
    get_storage().write_file(name, path, content_type="application/octet-stream")
    size = path.stat().st_size
    asset: Asset = AssetFactory.create(
        id=key, key=name, filename="a.wav", size_bytes=size, owner=owner
    )
    with transaction.atomic():
        job = jobs.enqueue("process", asset=asset)
    run_job(job.pk)
    work()
    return asset


def mute(version: TrackVersion, statement: Statement) -> Decision:
    case = make_case(version.track)
    return decide(version, "hide", "moment", statement=statement, case=case)


def work() -> None:
    for worker in ("fast", "slow"):
        do_jobs(worker)


def sung(path: Path, owner: Any) -> Track:
    """Return a public piece that sounds from its beginning to its end, with a stem that does."""
    track: Track = PublicTrackFactory.create(
        owner=owner, gives_original="everybody", gives_mp3="everybody", opens_lossless=True
    )
    version = add_version(track, arrive(path, owner))
    ready_stem(version, asset=arrive(path, owner))
    return Track.objects.get(pk=track.pk)


def heard(client: Client, master: str, folder: str, tmp_path: Path) -> np.ndarray[Any, Any]:
    """Return what a player hears of one rendition, fetched as it does."""
    base = master.rpartition("/")[0]
    listed = client.get(f"{base}/{folder}/playlist.m3u8")
    assert listed.status_code == 200
    names = [line for line in listed.text.splitlines() if line and not line.startswith("#")]
    parts = [client.get(f"{base}/{folder}/{name}") for name in ["init.mp4", *names]]
    assert {part.status_code for part in parts} == {200}
    return samples(b"".join(part.getvalue() for part in parts), tmp_path / f"{folder}.mp4")


def samples(data: bytes, place: Path) -> np.ndarray[Any, Any]:
    place.write_bytes(data)
    raw = decode(place, "-ac", "1", "-ar", str(RATE))
    return np.frombuffer(raw, "<i2").astype(float)


def loud(sound: np.ndarray[Any, Any], at: float, until: float) -> float:
    part = sound[int(at * RATE) : int(until * RATE)]
    assert len(part)
    return float(np.abs(part).max())


def is_muted(sound: np.ndarray[Any, Any]) -> bool:
    """Tell whether the moment alone is silent."""
    at, until = SPAN[0] / 1000, SPAN[1] / 1000
    around = (loud(sound, 0.3, at - AROUND), loud(sound, until + AROUND, 4.7))
    assert min(around) > 1000
    return loud(sound, at, until) < 3


def addresses(track: Track) -> player.Addresses:
    opened = TrackVersion.objects.opened_by(AnonymousUser()).filter(track=track)
    return player.addresses(opened.for_player().latest("number"), lossless=True)


@pytest.mark.long("a piece and its stem are made three times, in eight encodings each")
def test_nobody_hears_a_muted_moment_from_anywhere(
    tone: Tone, tmp_path: Path, client: Client
) -> None:
    owner = PublicTrackFactory.create().owner
    track = sung(tone(seconds=5), owner)
    version = track.primary_version
    stem = version.stems.get()
    before = addresses(track)
    assert not is_muted(heard(client, before.hls, "opus", tmp_path))
    assert access.may_download(AnonymousUser(), track, "original")
    made = mute(version, MOMENT)
    assert made.span == SPAN
    # Until it is made anew nothing of it plays, and what was signed has ended.
    assert client.get(before.hls).status_code == 403
    assert addresses(track).hls is None
    assert addresses(track).mp3 is None
    assert client.get(track.get_absolute_url()).status_code == 200
    assert client.get(f"/feeds/tracks/{track.pk}/audio.mp3").status_code == 404
    work()
    now = addresses(track)
    for folder in FOLDERS:
        assert is_muted(heard(client, now.hls, folder, tmp_path))
    for folder in ("flac", "alac"):
        assert is_muted(heard(client, now.lossless_hls, folder, tmp_path))
    assert is_muted(samples(client.get(now.mp3).getvalue(), tmp_path / "a.mp3"))
    stems = client.get(f"/api/v1/versions/{version.pk}/stems/").json()["results"]
    assert [one["id"] for one in stems] == [str(stem.pk)]
    assert is_muted(heard(client, stems[0]["hls_url"], "opus", tmp_path))
    for what in ("original", "mp3", "flac", "stems"):
        assert not access.may_download(AnonymousUser(), track, what)
        assert access.may_download(owner, track, what)
    services.restore(decision=made, by=moderator(), facts="No.")
    work()
    assert client.get(now.hls).status_code == 403
    assert not is_muted(heard(client, addresses(track).hls, "opus", tmp_path))
    assert access.may_download(AnonymousUser(), track, "original")
    assert Track.objects.get(pk=track.pk).published_at == track.published_at


@pytest.mark.long("a piece and its stem are made by FFmpeg")
def test_what_is_being_made_meanwhile_is_not_given(tone: Tone) -> None:
    owner = PublicTrackFactory.create().owner
    track = sung(tone(seconds=2), owner)
    version = track.primary_version
    asset = version.media.asset
    first = mute(version, replace(MOMENT, span=(0, 500)))
    lease = jobs.claim(Job.objects.get(asset=asset, kind="process", state="pending").pk)
    assert lease
    # One that began to make it with the first moment alone has to begin again.
    with pytest.raises(Transient), lease.fence():
        require_same(asset.pk, ())
    mute(version, replace(MOMENT, span=(700, 900)))
    with pytest.raises(Transient), lease.fence():
        require_same(asset.pk, ((0, 500),))
    with lease.fence():
        require_same(asset.pk, ((0, 500), (700, 900)))
    services.restore(decision=first, by=moderator(), facts="No.")
    assert spans_of(asset.pk) == ((700, 900),)
    assert spans_of(version.stems.get().media.asset_id) == ((700, 900),)


def test_a_moment_has_a_beginning_and_an_end(tone: Tone) -> None:
    version = PublicTrackFactory.create().primary_version

    def refused(scope: str, span: Any) -> str:
        row = version if scope == "moment" else version.track
        with pytest.raises(Problem) as found:
            decide(row, "hide", scope, statement=replace(REASONS, span=span))
        return found.value.type

    assert refused("moment", None) == "span-missing"
    assert refused("moment", (5000, 5000)) == "span-missing"
    assert refused("moment", (10**9, 10**9 + 1)) == "span-missing"
    assert refused("track", (1, 2)) == "no-such-effect"
    assert not Decision.objects.exists()
    made = mute(version, replace(REASONS, span=(1000, 2000)))
    assert made.title.endswith(", 0:01–0:02")
    other = {name: getattr(made, name) for name in ("case_id", "by_id", "kind", "scope", "facts")}
    other |= {name: getattr(made, name) for name in ("source", "ground", "clause", "redress")}
    for span in ({}, {"at_ms": 5, "until_ms": 5}, {"at_ms": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(**other, target_id=version.pk, title="x", **span)


def test_the_desk_offers_moments_of_each_version(client: Client) -> None:
    track = PublicTrackFactory.create(title="Loud")
    version = track.primary_version
    case, by = make_case(track), moderator()
    client.force_login(by)
    page = f"/admin/moderation/case/{case.pk}/change/"
    assert f"moment:{version.pk}" in client.get(page).text
    words = {
        "kind": "hide",
        "about": f"moment:{version.pk}",
        "facts": "At 0:42 it calls for violence.",
        "source": "notice",
        "ground": "terms",
        "clause": "Terms of use: hate",
        "territory": "Everywhere",
        "redress": "Appeal.",
    }
    assert "Say from where to where" in client.post(page, words).text
    said = client.post(page, words | {"simulate": "1", "at": "0:42", "until": "0:50"}).text
    assert "This mutes a moment of 1 version" in said
    client.post(page, words | {"at": "0:42", "until": "0:50"})
    assert Decision.objects.get().span == (42_000, 50_000)
    client.force_login(track.owner)
    assert "Loud, v1, 0:42–0:50" in client.get("/me/decisions/").text

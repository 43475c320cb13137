"""A release as a zip: whole, in parts, resumed, and without what somebody may not hear."""

import hashlib
import io
import json
import random
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.tracks.downloads.giving import Shelf, body, fetch, prepare
from tracks.models import Download, Release

pytestmark = pytest.mark.django_db


def address(release: Release, what: str = "original") -> str:
    return reverse("release-download", args=[release.slug]) + f"?what={what}"


def album(shelf: Shelf) -> Release:
    first = shelf.track(title="Über uns", isrc="DEABC2600001", licence="cc-by-4.0")
    second = shelf.track("other.flac", seconds=3, title="سلام")
    hidden = shelf.track("hidden.flac", seconds=2.5, title="Not yet", visibility="private")
    return shelf.release(first, second, hidden, title="A / B", released_on="2026-11-30")


def test_a_release_is_a_zip_with_sums_cover_and_manifest(shelf: Shelf, tmp_path: Path) -> None:
    release, visitor = album(shelf), Client()
    assert visitor.get(address(release)).status_code == 202
    prepare()
    answer = fetch(visitor, address(release))
    data = body(answer)
    assert answer.headers["Content-Type"] == "application/zip"
    assert int(answer.headers["Content-Length"]) == len(data)
    assert 'filename="Ada - A _ B.zip"' in answer.headers["Content-Disposition"]
    (tmp_path / "a.zip").write_bytes(data)
    subprocess.run(["unzip", "-q", "a.zip"], cwd=tmp_path, check=True)
    folder = tmp_path / "Ada - A _ B"
    names = {path.name for path in folder.iterdir()}
    music = {"01 Über uns.flac", "02 سلام.flac"}
    assert names == music | {"cover.jpg", "SHA256SUMS", "manifest.json", "README.txt"}
    subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, check=True)
    told = json.loads((folder / "manifest.json").read_text())
    assert told["files"][0]["isrc"] == "DEABC2600001"
    assert told["files"][0]["licence_url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "Creative Commons" in (folder / "README.txt").read_text()


def test_no_public_zip_holds_what_is_private_and_its_owner_gets_it(shelf: Shelf) -> None:
    release, owner = album(shelf), Client()
    owner.force_login(shelf.owner)
    for client in (Client(), owner):
        client.get(address(release))
    prepare()
    everybodys, own = (names_in(fetch(c, address(release))) for c in (Client(), owner))
    assert not [name for name in everybodys if "Not yet" in name]
    assert "Ada - A _ B/03 Not yet.flac" in own


def test_ranges_at_random_are_those_of_the_whole(shelf: Shelf) -> None:
    release, visitor = ready(album(shelf)), Client()
    whole = body(fetch(visitor, address(release)))
    signed = visitor.get(address(release)).headers["Location"]
    head = visitor.head(signed)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(whole)
    chance = random.Random(3)
    for _ in range(60):
        start = chance.randrange(len(whole))
        end = chance.randrange(start, len(whole))
        part = visitor.get(signed, headers={"range": f"bytes={start}-{end}"})
        assert part.status_code == 206
        assert part.headers["Content-Range"] == f"bytes {start}-{end}/{len(whole)}"
        assert body(part) == whole[start : end + 1]
    tail = visitor.get(signed, headers={"range": "bytes=-100"})
    assert body(tail) == whole[-100:]
    beyond = visitor.get(signed, headers={"range": f"bytes={len(whole)}-"})
    assert beyond.status_code == 416


def test_ten_times_aborted_and_resumed_it_is_the_same_and_counts_once(shelf: Shelf) -> None:
    """Whoever resumes at the address they asked at first, as many programs do, too."""
    release, visitor = ready(album(shelf)), Client()
    first = fetch(visitor, address(release))
    etag, size = first.headers["ETag"], int(first.headers["Content-Length"])
    whole, got, step = body(first), b"", size // 11 + 1
    while len(got) < size:
        wanted = {"range": f"bytes={len(got)}-", "if-range": etag}
        part = fetch(visitor, address(release), **wanted)
        assert part.status_code == 206
        assert part.headers["ETag"] == etag
        got += body(part)[:step]
    assert hashlib.sha256(got).digest() == hashlib.sha256(whole).digest()
    assert Download.objects.count() == 1


def test_another_zip_than_begun_with_is_sent_whole(shelf: Shelf) -> None:
    visitor, release = Client(), ready(album(shelf))
    wanted = {"range": "bytes=10-", "if-range": '"another"'}
    assert fetch(visitor, address(release), **wanted).status_code == 200


def test_what_is_edited_is_another_zip_and_one_begun_goes_on_as_it_was(shelf: Shelf) -> None:
    visitor, release = Client(), ready(album(shelf))
    signed = visitor.get(address(release)).headers["Location"]
    before = body(visitor.get(signed))
    track = release.items.first().track
    track.title = "Another"
    track.save()
    visitor.get(address(release))
    prepare()
    after = fetch(visitor, address(release))
    assert any("01 Another" in name for name in names_in(after))
    assert body(visitor.get(signed)) == before


def test_discs_and_equal_names_are_told_apart(shelf: Shelf) -> None:
    tracks = [shelf.track(title="Same"), shelf.track("b.flac", seconds=3, title="same?")]
    release = shelf.release(*tracks, title="Two")
    release.items.filter(track=tracks[1]).update(disc=2)
    names = names_in(fetch(Client(), address(ready(release))))
    assert names[:2] == ["Ada - Two/1-01 Same.flac", "Ada - Two/2-01 same_.flac"]


def test_a_zip_is_of_one_format_as_far_as_there_is_one(shelf: Shelf) -> None:
    lossless, lossy = shelf.track("a.wav", extras=True), shelf.track("b.mp3", extras=True)
    release = ready(shelf.release(lossless, lossy, title="Mixed"), "flac", "mp3")
    endings = {
        what: [
            name.rpartition(".")[2] for name in names_in(fetch(Client(), address(release, what)))
        ]
        for what in ("flac", "mp3")
    }
    assert endings["flac"][:2] == ["flac", "mp3"]
    assert endings["mp3"][:2] == ["mp3", "mp3"]


def ready(release: Release, *whats: str) -> Release:
    for what in whats or ("original",):
        Client().get(address(release, what))
    prepare()
    return release


def names_in(answer: Any) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(body(answer))) as archive:
        assert archive.testzip() is None
        return archive.namelist()

"""A release as a zip: whole, in parts, resumed, and without what somebody may not hear."""

import hashlib
import io
import json
import random
import subprocess
import zipfile
from pathlib import Path

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
    assert "Ada%20-%20A%20_%20B.zip" in answer.headers["Content-Disposition"]
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

"""The disk of the site is full while somebody sends a master: the page says so and goes on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import SignIn
from tests.disks import MIB, fill
from tests.factories.social import UserFactory
from tests.faults.conftest import disk_of  # noqa: F401 - a fixture
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "The disk of this site is full. What has arrived is safe."


@pytest.fixture
def song(tmp_path: Path, music: Callable[[str], Path]) -> Path:
    """A WAV of two parts: a tone, then zeros."""
    path = tmp_path / "song.wav"
    path.write_bytes(music("music/08-acoustic-guitar.wav").read_bytes()[: 2 * MIB] + bytes(9 * MIB))
    return path


def test_an_upload_waits_for_room_and_goes_on_by_itself(
    served: Site,
    page: Page,
    sign_in: SignIn,
    song: Path,
    disk_of: Callable[[int], Path],  # noqa: F811
) -> None:
    disk = disk_of(80)
    served.port = 0  # a web process of its own, beside the one of all tests
    served.serve(NEXUS_MEDIA_DIR=str(disk), NEXUS_DISK_RESERVE_BYTES="0")
    sign_in(UserFactory.create(handle="ada"))
    page.clock.install()
    page.goto(f"{served.url}/upload/")
    filler = fill(disk, leave=12 * MIB)  # room to begin, none for the spool of two parts
    said: list[int] = []
    page.on(
        "response", lambda answer: answer.request.method == "PUT" and said.append(answer.status)
    )
    page.locator("input[type=file]").set_input_files([str(song)])
    row: Any = page.locator(".row-file")
    expect(row.get_by_text(SENTENCE)).to_be_visible()
    assert 507 in said
    expect(row.get_by_role("button", name="Try again")).to_be_visible()
    filler.unlink()
    page.clock.fast_forward(31_000)
    expect(row.get_by_role("link", name="Open its page")).to_be_visible()
    track = Track.objects.get()
    assert track.primary_version is not None
    assert track.primary_version.media.asset.size_bytes == song.stat().st_size

"""From a folder of ten masters to a release that comes out at its hour, in the page."""

import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from mutagen.flac import FLAC
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests import music
from tests.browser.fixtures import SignIn
from tests.browser.page import until
from tests.browser.playback.test_player import plays_on
from tests.factories.social import UserFactory
from tests.jobs import apart
from tests.sites import Site
from tests.tracks.downloads.giving import prepare
from tracks.models import Release, Track

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = (
    "[...document.querySelectorAll('[data-rename] [name=title]')].map((one) => one.value).join()"
)
SECONDS = 8  # until its hour, once the page is left


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten tagged FLACs on two discs, whose file names are in no order, and a cover."""
    place = tmp_path / "orchard-masters"
    for disc in (1, 2):
        (place / f"CD{disc}").mkdir(parents=True)
        for number in range(1, 6):
            tags = {"album": "Orchard", "album_artist": "Ada_Field", "artist": "Ada_Field"}
            tags |= {"title": f"Song_{disc}-{number}", "track": str(number), "disc": str(disc)}
            if number == 2:
                tags["artist"] = "Ada_Field_feat._Bo"
            options = " ".join(f"-metadata {name}={value}" for name, value in tags.items())
            music.tone(place / f"CD{disc}" / f"{9 - number}.flac", seconds=4, options=options)
    Image.new("RGB", (600, 500), (40, 110, 90)).save(place / "cover.jpg")
    return place


def drop(page: Page, folder: Path) -> None:
    """Drop a folder on the page, as a hand would."""
    network = page.context.new_cdp_session(page)
    box = page.locator("[data-zone]").bounding_box()
    assert box
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    for kind in ("dragEnter", "dragOver", "drop"):
        network.send("Input.dispatchDragEvent", {"type": kind, "data": data} | where)


@pytest.mark.long("ten files are sent and processed, and an hour is waited for")
def test_a_folder_becomes_a_release_that_comes_out_at_its_hour(
    served: Site,
    page: Page,
    sign_in: SignIn,
    folder: Path,
    chromium_browser: Browser,
    complaints: list[str],
    tmp_path: Path,
) -> None:
    artist: Any = UserFactory.create(handle="ada", display_name="Mira")
    sign_in(artist)
    served.work("fast")
    page.goto(served.url + "/upload/")
    expect(page.get_by_text("You have")).to_be_visible()
    drop(page, folder)
    link = page.get_by_role("link", name="Open the draft of")
    expect(link).to_be_visible()
    expect(page.locator(".row-file")).to_have_count(10)
    expect(page.get_by_role("link", name="Open its page")).to_have_count(10, timeout=60_000)
    link.click()
    # The draft fills in before one's eyes, and nobody reloads.
    expect(page.get_by_role("heading", level=1)).to_have_text("Orchard", timeout=60_000)
    expect(page.get_by_text("still being read")).to_be_hidden(timeout=90_000)
    titles = page.locator("[data-rename] [name=title]")
    expect(titles).to_have_count(10)
    wanted = [f"Song_{disc}-{number}" for disc in (1, 2) for number in range(1, 6)]
    until(page, f"{TITLES} === '{','.join(wanted)}'")
    expect(page.locator("[data-disc]:visible")).to_have_text(["Disc 1", "Disc 2"])
    expect(page.get_by_text("Ada_Field_feat._Bo")).to_have_count(2)
    expect(page.locator(".release-edit__head img")).to_be_visible()
    titles.first.fill("The first song")
    titles.first.press("Enter")
    expect(page.get_by_text("Title saved.")).to_be_visible()

    release: Any = Release.objects.get()
    say_who_and_what(page, served, Track.objects.get(title="The first song"))
    page.goto(f"{served.url}/releases/{release.slug}/downloads/")
    page.get_by_label("The release, as a zip").select_option("everybody")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(f"{served.url}/releases/{release.slug}/edit/")
    publish_at_noon(page)
    release.refresh_from_db()
    assert (release.time_zone, release.release_at.hour) == ("Asia/Tokyo", 3)
    visitor = chromium_browser.new_context(timezone_id="America/New_York").new_page()
    visitor.goto(f"{served.url}{release.get_absolute_url()}")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Orchard")
    expect(visitor.get_by_text("Ada_Field", exact=True)).to_be_visible()
    expect(visitor.get_by_role("timer")).to_contain_text("day")
    assert "ong_" not in visitor.content()
    assert "The first song" not in visitor.content()

    # Noon is brought near, as if the visitor had come just before it. Nobody reloads.
    noon = timezone.now() + timedelta(seconds=SECONDS)
    Release.objects.update(release_at=noon)
    Track.objects.update(release_at=noon)
    cache.clear()
    visitor.goto(f"{served.url}{release.get_absolute_url()}")
    expect(visitor.get_by_role("timer")).to_contain_text("second")
    expect(visitor.get_by_role("heading", name="Disc 2")).to_be_visible(timeout=SECONDS * 3000)
    assert timezone.now() >= noon
    expect(visitor.get_by_role("link", name="The first song")).to_be_visible()
    visitor.get_by_role("button", name="Play all").click()
    plays_on(visitor)
    what_is_taken_along(visitor, tmp_path)
    visitor.context.close()


def say_who_and_what(page: Page, served: Site, song: Track) -> None:
    """Credit a writer on a piece, and tag it."""
    page.goto(f"{served.url}/tracks/{song.slug}/credits/")
    page.get_by_role("button", name="Add a credit").click()
    page.keyboard.type("Cy")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(f"{served.url}/tracks/{song.slug}/tags/")
    page.get_by_label("Add tags").fill("Folk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take Folk away")).to_be_visible()


def what_is_taken_along(visitor: Page, place: Path) -> None:
    """Take the release along as FLAC, and read what stands in its first file."""
    visitor.get_by_role("button", name="Download").click()
    visitor.get_by_role("link", name="Original").click()
    apart(prepare)
    with visitor.expect_download(timeout=60_000) as fetching:
        pass
    path = place / fetching.value.suggested_filename
    fetching.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        archive.extractall(place)
    folder = next(one for one in place.iterdir() if one.is_dir() and "Orchard" in one.name)
    subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, check=True)
    first = next(folder.rglob("*The first song.flac"))
    tags: Any = FLAC(first)
    assert (tags["album"], tags["artist"], tags["composer"]) == (["Orchard"], ["Ada_Field"], ["Cy"])
    assert (tags["tracknumber"], tags["discnumber"], tags["genre"]) == (["1"], ["1"], ["Folk"])
    assert tags.pictures[0].mime == "image/jpeg"


def publish_at_noon(page: Page) -> None:
    """Choose twelve o'clock of a day to come in Tokyo."""
    day = (timezone.now() + timedelta(days=40)).strftime("%Y-%m-%d")
    page.get_by_label("Everybody, at an hour").check()
    page.get_by_label("Day and hour").fill(f"{day}T12:00")
    page.get_by_label("On the clocks of").select_option("Asia/Tokyo")
    page.get_by_role("button", name="Save who can open it").click()
    expect(page.get_by_text("It comes out on").first).to_be_visible()

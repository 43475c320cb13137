"""From a file on one's own disk to a song that plays, in the page."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from media_pipeline.storage import get_storage
from tests.browser.fixtures import SignIn
from tests.browser.playback.test_player import plays_on
from tests.factories.social import UserFactory
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

MIB = 1024 * 1024
Music = Callable[[str], Path]


@pytest.fixture
def artist(sign_in: SignIn) -> Any:
    """Somebody who is signed in."""
    artist = UserFactory.create(handle="ada")
    sign_in(artist)
    return artist


@pytest.fixture
def large(tmp_path: Path, music: Music) -> Path:
    """A WAV of more than three parts: a tone, then zeros that nobody needs to hear."""
    path = tmp_path / "01_large-song.wav"
    path.write_bytes(music("music/08-acoustic-guitar.wav").read_bytes() + bytes(28 * MIB))
    return path


def pick(page: Page, *paths: Path) -> None:
    page.locator("input[type=file]").set_input_files([str(path) for path in paths])


def begin_and_leave(served: Site, page: Page, path: Path) -> None:
    """Send a first part over a slow line, pause, and close the tab."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 4 * MIB}
    network.send("Network.emulateNetworkConditions", slow)
    page.goto(served.url + "/upload/")
    with page.expect_response(lambda answer: answer.request.method == "PUT", timeout=30_000):
        pick(page, path)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused at")).to_be_visible()
    page.close(run_before_unload=False)


def test_a_master_is_dropped_processed_and_heard(
    served: Site, page: Page, artist: Any, music: Music, complaints: list[str]
) -> None:
    served.work("fast")
    page.goto(served.url + "/upload/")
    expect(page.get_by_text("You have")).to_be_visible()
    page.get_by_label("Public").check()
    pick(page, music("music/01-hungarian-dance-5.flac"), music("music/07-apple-cider-vbr.mp3"))
    rows = page.locator(".row-file")
    expect(rows).to_have_count(2)
    first = rows.first
    expect(first.get_by_role("textbox")).to_have_value("Hungarian dance 5")
    expect(first.get_by_role("link", name="Open its page")).to_be_visible(timeout=30_000)
    first.get_by_role("textbox").fill("Dance No. 5")
    first.get_by_role("textbox").press("Tab")
    expect(first.get_by_text("Title saved.")).to_be_visible()
    expect(rows.get_by_text("Ready")).to_have_count(2, timeout=60_000)
    first.get_by_role("link", name="Open its page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dance No. 5")
    page.get_by_role("button", name="Play Dance No. 5").click()
    plays_on(page)
    assert set(Track.objects.values_list("visibility", flat=True)) == {"public"}


def test_a_page_opened_early_turns_playable_by_itself(
    served: Site, page: Page, artist: Any, music: Music, complaints: list[str]
) -> None:
    page.goto(served.url + "/upload/")
    pick(page, music("music/07-apple-cider.ogg"))
    link = page.get_by_role("link", name="Open its page")
    expect(link).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Waiting for its turn.")).to_be_visible()
    link.click()
    play = page.get_by_role("button", name="Play Apple cider")
    expect(play).to_be_disabled()
    served.work("fast")
    expect(play).to_be_enabled(timeout=30_000)
    expect(page.locator("wave-form[data-drawn]")).to_be_visible(timeout=30_000)
    play.click()
    plays_on(page)


def test_without_a_socket_the_state_is_polled(
    served: Site, page: Page, artist: Any, music: Music
) -> None:
    page.route_web_socket("**/ws/**", lambda socket: socket.close(code=1011))
    page.goto(served.url + "/upload/")
    pick(page, music("music/10-solo-trumpet.ogg"))
    expect(page.get_by_text("Waiting for its turn.")).to_be_visible(timeout=30_000)
    served.work("fast")
    expect(page.locator(".row-file").get_by_text("Ready")).to_be_visible(timeout=30_000)


def test_a_pause_and_a_closed_tab_lose_no_part(
    served: Site, page: Page, artist: Any, large: Path, complaints: list[str]
) -> None:
    begin_and_leave(served, page, large)
    again = artist and page.context.new_page()
    put: list[str] = []
    again.on("request", lambda request: request.method == "PUT" and put.append(request.url))
    again.goto(served.url + "/upload/")
    pick(again, large)
    expect(again.get_by_role("link", name="Open its page")).to_be_visible(timeout=60_000)
    assert 0 < len(put) < 4
    track = Track.objects.get()
    assert track.primary_version.media.asset.size_bytes == large.stat().st_size  # type: ignore[union-attr]


def test_a_broken_line_is_tried_again(served: Site, page: Page, artist: Any, music: Music) -> None:
    broken: list[str] = []

    def break_once(route: Any) -> None:
        if route.request.method == "PUT" and not broken:
            broken.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/*", break_once)
    page.goto(served.url + "/upload/")
    pick(page, music("music/10-solo-trumpet.ogg"))
    expect(page.get_by_role("link", name="Open its page")).to_be_visible(timeout=30_000)
    assert len(broken) == 1


def test_what_cannot_be_taken_is_said_before_it_is_sent(
    served: Site, page: Page, artist: Any, tmp_path: Path
) -> None:
    sent: list[str] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    empty, words = tmp_path / "empty.wav", tmp_path / "words.txt"
    empty.touch()
    words.write_text("la la la")
    page.goto(served.url + "/upload/")
    expect(page.get_by_text("You have")).to_be_visible()
    pick(page, empty, words)
    expect(page.get_by_text("This file is empty. Choose the original.")).to_be_visible()
    expect(page.get_by_text("This is not a sound file. Choose the master.")).to_be_visible()
    assert sent == []


def test_a_file_that_is_no_music_says_why_and_can_be_tried_again(
    served: Site, page: Page, artist: Any, tmp_path: Path
) -> None:
    served.work("fast")
    liar = tmp_path / "liar.mp3"
    liar.write_text("I am no music at all. " * 200)
    page.goto(served.url + "/upload/")
    pick(page, liar)
    again = page.get_by_role("button", name="Try again")
    expect(again.last).to_be_visible(timeout=30_000)
    row = page.locator(".row-file")
    expect(row.get_by_role("link", name="Delete")).to_be_visible()
    expect(row.get_by_role("link", name="Open its page")).to_be_hidden()
    page.goto(served.url + "/my/uploads/")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    expect(page.locator(".notice--error p")).not_to_be_empty()


def test_a_file_that_changed_in_between_is_not_mixed_with_what_has_arrived(
    served: Site, page: Page, artist: Any, large: Path, complaints: list[str]
) -> None:
    """The same name, size and time: only the bytes tell."""
    begin_and_leave(served, page, large)
    when = large.stat().st_mtime_ns
    data = bytearray(large.read_bytes())
    data[1000:2000] = bytes(1000)
    large.write_bytes(data)
    os.utime(large, ns=(when, when))
    again = page.context.new_page()
    again.goto(served.url + "/upload/")
    pick(again, large)
    expect(again.get_by_role("link", name="Open its page")).to_be_visible(timeout=60_000)
    asset = Track.objects.get().primary_version.media.asset  # type: ignore[union-attr]
    assert get_storage().read(asset.key) == bytes(data)


def test_a_file_that_goes_while_it_is_read_is_said_so(
    served: Site, page: Page, artist: Any, large: Path
) -> None:
    page.goto(served.url + "/upload/")
    page.route("**/u/**", lambda route: (large.unlink(missing_ok=True), route.abort()))
    pick(page, large)
    said = page.get_by_text("This file has changed since you chose it.")
    expect(said).to_be_visible(timeout=20_000)


DROP = """async (files) => {
  const root = await navigator.storage.getDirectory();
  for (const [path, size] of files) {
    const [folder, name] = path.split("/");
    const place = await root.getDirectoryHandle(folder, { create: true });
    const file = await (await place.getFileHandle(name, { create: true })).createWritable();
    await file.write(new Uint8Array(size));
    await file.close();
  }
  const entry = (handle, above = "") => ({
    name: handle.name,
    fullPath: `${above}/${handle.name}`,
    isDirectory: handle.kind === "directory",
    file: (done) => handle.getFile().then(done),
    createReader: () => {
      const inside = handle.values();
      return {
        readEntries: async (done) => {
          const { value, done: isOver } = await inside.next();
          done(isOver ? [] : [entry(value, `${above}/${handle.name}`)]);
        },
      };
    },
  });
  const items = [];
  for await (const handle of root.values()) {
    items.push({ webkitGetAsEntry: () => entry(handle) });
  }
  const event = new Event("drop", { bubbles: true });
  Object.defineProperty(event, "dataTransfer", { value: { types: ["Files"], items, files: [] } });
  document.dispatchEvent(event);
}"""


def test_a_folder_gives_its_music_in_order(served: Site, page: Page, artist: Any) -> None:
    page.goto(served.url + "/upload/")
    expect(page.locator("upload-drop [data-zone]")).to_be_visible()
    files = [("Album/10 b.wav", 3), ("Album/2 a.flac", 3), ("Album/cover.jpg", 3),
             ("Album/.DS_Store", 3), ("Album/notes.txt", 3), ("Other/1.mp3", 3)]  # fmt: skip
    page.evaluate(DROP, files)
    expect(page.locator("[data-part=name]")).to_have_text(["2 a.flac", "10 b.wav", "1.mp3"])
    expect(page.get_by_text("One file in it is no music and was left out.")).to_be_visible()
    expect(page.get_by_text("cover.jpg is not its cover")).to_be_visible()

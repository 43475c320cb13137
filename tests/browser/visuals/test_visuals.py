"""The cinema: scenes that move to what sounds, and what the artist has given to be seen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.playback.test_player import AUDIO, plays_on, until
from tests.media_pipeline.audio import make
from tests.sites import Site, wait_until
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

SCENES = ("Spectrum", "Oscilloscope", "Drift")
CINEMA = "document.getElementById('cinema')"


def enter(served: Site, page: Page, track: Track) -> None:
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    page.get_by_role("button", name=f"More for {track.title}").click()
    page.get_by_role("main").get_by_role("button", name="Cinema").click()
    expect(page.get_by_role("region", name="Cinema")).to_be_visible()


def picture_of(page: Page, path: Path) -> tuple[int, int]:
    """Return how many colours the middle of the screen has, and how bright its brightest is."""
    page.screenshot(path=path)
    image = Image.open(path).convert("RGB")
    width, height = image.size
    part = image.crop((0, height // 5, width, height * 7 // 10)).resize((160, 80))
    colours = part.getcolors(160 * 80) or []
    return len(colours), max(max(rgb) for _, rgb in colours)  # type: ignore[arg-type, type-var]


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_shows_the_music_and_never_holds_it_up(
    served: Site,
    page: Page,
    publish: Publish,
    complaints: list[str],
    tmp_path: Path,
    scene: str,
) -> None:
    enter(served, page, publish("music/06-battle-theme-a.ogg"))
    page.get_by_role("button", name=scene, exact=True).click()
    expect(page.get_by_role("button", name=scene, exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.wait_for_timeout(600)
    first, second = tmp_path / "1.png", tmp_path / "2.png"
    colours, brightest = picture_of(page, first)
    assert colours > 8
    assert brightest > 60
    page.wait_for_timeout(300)
    picture_of(page, second)
    assert first.read_bytes() != second.read_bytes(), "it moves"
    page.evaluate("window.waits = 0")
    page.evaluate(f"{AUDIO}.addEventListener('waiting', () => window.waits++)")
    plays_on(page)
    assert page.evaluate("window.waits") == 0


def test_a_silent_player_leaves_the_spectrum_flat(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    enter(served, page, publish("music/06-battle-theme-a.ogg"))
    page.get_by_role("button", name="Spectrum", exact=True).click()
    page.wait_for_timeout(800)
    loud = max(picture_of(page, tmp_path / "loud.png")[0] for _ in range(3))
    page.keyboard.press("k")
    wait_until(lambda: picture_of(page, tmp_path / "quiet.png")[0] < loud / 2, 10, every=0.3)


def test_by_keyboard_beside_the_queue(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish()
    page.goto(served.url + track.get_absolute_url())
    play = page.get_by_role("button", name=f"Play {track.title}")
    play.focus()
    page.keyboard.press("Enter")
    plays_on(page)
    page.keyboard.press("c")
    cinema = page.get_by_role("region", name="Cinema")
    expect(cinema).to_be_visible()
    expect(cinema.get_by_role("button", name="Close")).to_be_focused()
    before = cinema.locator("[data-scene][aria-pressed=true]").inner_text()
    page.keyboard.press("v")
    expect(cinema.locator("[data-scene][aria-pressed=true]")).not_to_have_text(before)
    page.keyboard.press("k")
    until(page, f"{AUDIO}.paused")
    assert page.evaluate("document.getElementById('main').inert"), "what is covered is out of reach"
    player = page.get_by_role("region", name="Player")
    expect(player.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(cinema).to_be_hidden()
    assert not page.evaluate("document.getElementById('main').inert")
    expect(play).to_be_focused()


def test_no_key_is_taken_from_whoever_writes(served: Site, page: Page) -> None:
    page.goto(served.url + "/search/")
    page.get_by_role("main").get_by_role("combobox").fill("")
    page.keyboard.type("cv")
    expect(page.locator("#cinema")).to_be_hidden()


def test_little_motion_for_whoever_asks_for_it(
    served: Site, page: Page, publish: Publish, tmp_path: Path
) -> None:
    page.emulate_media(reduced_motion="reduce")
    enter(served, page, publish("music/06-battle-theme-a.ogg"))
    page.get_by_role("button", name="Drift", exact=True).click()
    page.evaluate(
        "window.drawn = 0; const draw = WebGL2RenderingContext.prototype;"
        "const own = draw.drawArrays; draw.drawArrays = function (...a) { window.drawn += 1;"
        "return own.apply(this, a) }; null"
    )
    page.wait_for_timeout(2000)
    assert page.evaluate("window.drawn") <= 5
    page.get_by_role("button", name="Let it move").click()
    until(page, "window.drawn > 16")


def test_without_webgl_the_cover_is_shown_and_it_is_said(
    served: Site, page: Page, publish: Publish
) -> None:
    page.add_init_script(
        "const own = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        "return kind === 'webgl2' ? null : own.call(this, kind, ...rest) }"
    )
    enter(served, page, publish())
    cinema = page.get_by_role("region", name="Cinema")
    expect(cinema.get_by_role("status")).to_have_text("This browser cannot draw the scenes.")
    expect(cinema.locator("[data-part=picture]")).to_be_visible()
    expect(cinema.get_by_role("button", name="Spectrum")).to_be_hidden()
    plays_on(page)


def test_the_artist_gives_a_film_and_listeners_see_it(
    served: Site,
    page: Page,
    publish: Publish,
    sign_in: SignIn,
    complaints: list[str],
    tmp_path: Path,
    music: Callable[[str], Path],
) -> None:
    track = publish()
    served.work("slow")
    film = make(
        "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30:duration=3", to=tmp_path / "a.mp4"
    )
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/{track.slug}/visual/")
    page.locator("input[type=file]").set_input_files(film)
    expect(page.get_by_label(f"The film of {track.title}")).to_be_visible(timeout=60_000)
    page.context.clear_cookies()
    enter(served, page, track)
    cinema = page.get_by_role("region", name="Cinema")
    expect(cinema.get_by_role("button", name="The artist’s")).to_have_attribute(
        "aria-pressed", "true"
    )
    until(page, f"{CINEMA}.querySelector('video').currentTime > 0.2")
    assert page.evaluate(f"{CINEMA}.querySelector('video').muted")
    page.keyboard.press("k")
    until(page, f"{CINEMA}.querySelector('video').paused")
    page.keyboard.press("Escape")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/{track.slug}/visual/")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_label(f"The film of {track.title}")).to_have_count(0)


def test_a_file_that_is_no_picture_is_explained(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, tmp_path: Path
) -> None:
    track = publish()
    served.work("slow")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/{track.slug}/visual/")
    wrong = tmp_path / "wrong.png"
    wrong.write_text("not a picture")
    page.locator("input[type=file]").set_input_files(wrong)
    expect(page.get_by_role("alert")).to_contain_text("no picture or film", timeout=60_000)

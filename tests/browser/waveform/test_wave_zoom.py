"""The waveform from afar and from close by: finer peaks come for what is on the screen."""

import struct
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from media_pipeline.storage import get_storage
from tests.browser.fixtures import Publish
from tests.browser.playback.test_player import AUDIO, plays_on, until
from tests.browser.waveform.wave import PEAKS, VIEW, drag, fine, middle, open_track, settled, span
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

SONG = "music/02-sugar-plum-fairy.ogg"


def peak_requests(page: Page) -> list[Request]:
    """Return a list that fills with what is asked for below `peaks/`."""
    asked: list[Request] = []
    page.on("request", lambda request: "/peaks/" in request.url and asked.append(request))
    return asked


def test_one_second_fills_the_screen_with_peaks_fetched_for_it(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(SONG)
    asked = peak_requests(page)
    view = open_track(page, served, track)
    whole = span(page)
    page.mouse.move(*middle(view))
    page.keyboard.down("Control")
    for _ in range(40):
        page.mouse.wheel(0, -240)
    page.keyboard.up("Control")
    assert settled(page) == pytest.approx(1)
    centre = page.evaluate(f"{VIEW}.start + 0.5")
    assert centre == pytest.approx(whole / 2, abs=0.6), "the moment under the pointer stays there"
    fine(page)
    parts = [request for request in asked if request.url.endswith("/peaks/32.dat")]
    sizes = [len(request.response().body()) for request in parts]  # type: ignore[union-attr]
    assert all(request.response().status == 206 for request in parts)  # type: ignore[union-attr]
    asset = track.primary_version.media.asset
    stored = get_storage().read(f"transcodes/{asset.pk}/{asset.attempt}/peaks/32.dat")
    assert 0 < sum(sizes) < len(stored) / 4, "only what is in view is fetched"
    # What is drawn are the very numbers of the file.
    rate = struct.unpack("<iIiiIi", stored[:24])[2]
    shown: Any = page.evaluate(
        f"(() => {{ const p = {PEAKS}; p.measure({centre}, {centre} + 0.01, 0.0001);"
        " return [p.low, p.high]; })()"
    )
    first, end = int(centre * rate / 32), -int(-(centre + 0.01) * rate // 32)
    pixels = struct.unpack(f"{2 * (end - first)}b", stored[24 + 2 * first : 24 + 2 * end])
    assert shown == [min(pixels[::2]) / 128, max(pixels[1::2]) / 128]


def test_keys_and_buttons_zoom_and_the_map_shows_where(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    open_track(page, served, publish(SONG))
    whole = span(page)
    slider = page.get_by_role("slider", name="Position in")
    overview = page.get_by_role("scrollbar", name="Part that is shown")
    expect(overview).to_be_hidden()
    expect(page.get_by_role("button", name="Zoom out")).to_be_disabled()
    slider.focus()
    page.keyboard.press("+")
    assert settled(page) == pytest.approx(whole / 2)
    page.get_by_role("button", name="Zoom in").click()
    assert settled(page) == pytest.approx(whole / 4)
    expect(overview).to_be_visible()
    x, y = middle(overview)
    left = overview.bounding_box()["x"]  # type: ignore[index]
    drag(page, (left + 8, y), (x, y))
    centre = page.evaluate(f"{VIEW}.start + {VIEW}.span / 2")
    assert centre == pytest.approx(whole / 2 + whole / 8, abs=whole / 7)
    overview.focus()
    page.keyboard.press("End")
    settled(page)
    until(page, f"Math.abs({VIEW}.end - {VIEW}.duration) < 0.01")
    expect(overview).to_have_attribute("aria-valuenow", "100")
    slider.focus()
    page.keyboard.press("-")
    assert settled(page) == pytest.approx(whole / 2)
    page.keyboard.press("0")
    assert settled(page) == pytest.approx(whole)
    expect(overview).to_be_hidden()


def test_the_page_scrolls_under_the_wheel_unless_the_waveform_was_pressed(
    served: Site, page: Page, publish: Publish
) -> None:
    page.set_viewport_size({"width": 1000, "height": 500})
    view = open_track(page, served, publish(SONG))
    view.scroll_into_view_if_needed()
    page.mouse.move(*middle(view))
    whole = span(page)
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") > before
    assert span(page) == whole
    page.get_by_role("slider", name="Position in").focus()
    page.mouse.move(*middle(view))
    page.mouse.wheel(0, -300)
    assert settled(page) < whole
    zoomed, start = span(page), page.evaluate(f"{VIEW}.start")
    page.keyboard.down("Shift")
    page.mouse.wheel(0, 200)
    page.keyboard.up("Shift")
    assert settled(page) == zoomed
    assert page.evaluate(f"{VIEW}.start") > start
    before = page.evaluate("scrollY")
    for _ in range(8):
        page.mouse.wheel(0, 400)
    assert settled(page) == whole
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") > before, "zoomed out, the wheel is the page's again"


def test_two_fingers_zoom_and_one_moves_on(
    served: Site, chromium_browser: Browser, publish: Publish
) -> None:
    track = publish(SONG)
    context = chromium_browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    view = open_track(page, served, track)
    view.scroll_into_view_if_needed()
    x, y = middle(view)
    whole = span(page)
    touch = context.new_cdp_session(page)

    def fingers(kind: str, *points: float) -> None:
        spots = [{"x": point, "y": y, "id": n} for n, point in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    fingers("touchStart", x - 20, x + 20)
    for gap in (40, 80, 120, 160):
        fingers("touchMove", x - gap, x + gap)
    fingers("touchEnd")
    assert settled(page) == pytest.approx(whole / 8, rel=0.05)
    assert page.evaluate(f"{VIEW}.start + {VIEW}.span / 2") == pytest.approx(whole / 2, abs=2)
    assert page.evaluate("visualViewport.scale") == 1, "the page itself is not zoomed"
    start = page.evaluate(f"{VIEW}.start")
    fingers("touchStart", x + 100)
    for way in (80, 20, -60, -100):
        fingers("touchMove", x + way)
    fingers("touchEnd")
    width = view.bounding_box()["width"]  # type: ignore[index]
    moved = page.evaluate(f"{VIEW}.start") - start
    assert moved == pytest.approx(200 / width * whole / 8, rel=0.1)
    assert page.evaluate("document.querySelector('audio-player').hidden"), "a drag is no press"
    context.close()


def test_the_picture_follows_what_is_heard(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(SONG)
    view = open_track(page, served, track)
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    slider = page.get_by_role("slider", name="Position in")
    slider.focus()
    for _ in range(7):
        page.keyboard.press("+")
        settled_span = span(page)
        page.wait_for_timeout(200)
    assert settled_span < 4
    until(page, f"{AUDIO}.currentTime > 6")
    for _ in range(5):
        page.wait_for_timeout(400)
        # Between two frames it may just have left it.
        until(page, f"{VIEW}.has(document.querySelector('wave-form').position)", 5)
    x, y = middle(view)
    drag(page, (x, y), (x + 300, y))
    start = page.evaluate(f"{VIEW}.start")
    page.wait_for_timeout(1500)
    assert page.evaluate(f"{VIEW}.start") == start, "a hand that looks elsewhere is left alone"


def test_a_piece_without_fine_peaks_is_drawn_from_its_json(
    served: Site, page: Page, publish: Publish
) -> None:
    track = publish(SONG)
    asset = track.primary_version.media.asset
    get_storage().delete_prefix(f"transcodes/{asset.pk}/{asset.attempt}/peaks/")
    open_track(page, served, track)
    page.get_by_role("slider", name="Position in").focus()
    for _ in range(4):
        page.keyboard.press("+")
        settled(page)
    until(page, f"{PEAKS}.scales.at(-1).samples === 256")
    assert page.evaluate(f"{PEAKS}.scales.length") == 2


def test_painting_keeps_sixty_frames_a_second(served: Site, page: Page, publish: Publish) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    open_track(page, served, publish(SONG))
    fine_times = page.evaluate(
        """async () => {
          const wave = document.querySelector("wave-form");
          const { stage, view } = wave;
          const times = [];
          for (let n = 0; n < 120; n++) {
            view.zoom(n < 60 ? 1.09 : 0.92, view.duration / 2);
            const began = performance.now();
            stage.paintNow();
            times.push(performance.now() - began);
            await new Promise(requestAnimationFrame);
          }
          return times.sort((a, b) => a - b);
        }"""
    )
    assert fine_times[int(len(fine_times) * 0.95)] < 1000 / 60

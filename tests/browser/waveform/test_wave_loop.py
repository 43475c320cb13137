"""A passage again and again: marked by a drag, by keys, by an address."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish
from tests.browser.playback.test_player import plays_on, position, until
from tests.browser.versions.test_versions import again, piece  # noqa: F401
from tests.browser.waveform.wave import VIEW, drag, middle, open_track, settled
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

SONG = "music/02-sugar-plum-fairy.ogg"
RANGE = "document.querySelector('wave-form').range"
HEARD = "document.querySelector('audio-player audio[data-active]')"
LISTEN = """
document.addEventListener("wave:range", ({ detail }) => (window.ranges ??= []).push(detail));
"""


def marked(page: Page) -> dict[str, float]:
    """Return the passage that the waveform holds."""
    found: dict[str, float] = page.evaluate(RANGE)
    return found


def test_a_drag_along_the_times_is_repeated_when_it_plays(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(SONG)
    page.add_init_script(LISTEN)
    open_track(page, served, track)
    ruler: Any = page.locator(".wave__ruler").bounding_box()
    y = ruler["y"] + ruler["height"] / 2
    drag(page, (ruler["x"] + ruler["width"] * 0.5, y), (ruler["x"] + ruler["width"] * 0.515, y))
    held = marked(page)
    duration = page.evaluate(f"{VIEW}.duration")
    assert held["from"] == pytest.approx(duration * 0.5, abs=0.3)
    assert held["to"] == pytest.approx(duration * 0.515, abs=0.3)
    assert page.evaluate("ranges.at(-1)") == held
    assert page.evaluate("document.querySelector('audio-player').hidden"), "marking does not play"
    shown = [float(each) for each in page.evaluate("location.hash")[3:].split(",")]
    assert shown == pytest.approx([held["from"], held["to"]], abs=0.01)
    page.get_by_role("button", name=f"Play {track.title}").click()
    until(page, f"{HEARD} && !{HEARD}.paused && {HEARD}.currentTime > {held['from']}")
    turns = 0
    before = page.evaluate("document.querySelector('wave-form').position")
    for _ in range(90):
        page.wait_for_timeout(50)
        now = page.evaluate("document.querySelector('wave-form').position")
        assert held["from"] - 0.3 < now < held["to"] + 1.5
        turns += now < before - 0.5
        before = now
    assert turns >= 1, "it came round"
    page.get_by_role("button", name="–").click()
    assert page.evaluate(RANGE) is None
    assert page.evaluate("location.hash") == ""
    assert page.evaluate("ranges.at(-1)") is None
    until(page, f"{HEARD}.currentTime > {held['to'] + 0.5}")


def test_keys_mark_move_and_end_a_loop(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(SONG)
    open_track(page, served, track)
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    page.keyboard.press("k")
    slider = page.get_by_role("slider", name="Position in")
    slider.focus()
    page.keyboard.press("PageUp")
    start = page.evaluate("document.querySelector('wave-form').position")
    page.keyboard.press("i")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    held = marked(page)
    assert held["from"] == pytest.approx(start, abs=0.05)
    assert held["to"] == pytest.approx(start + 5, abs=0.1)
    begins, ends = (page.get_by_role("slider", name=f"Loop {word}") for word in ("begins", "ends"))
    begins.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    ends.focus()
    page.keyboard.press("ArrowRight")
    moved = marked(page)
    assert moved["from"] == pytest.approx(held["from"] - 1.1, abs=0.01)
    assert moved["to"] == pytest.approx(held["to"] + 0.1, abs=0.01)
    assert float(ends.get_attribute("aria-valuenow") or 0) == pytest.approx(moved["to"], abs=0.06)
    paused = page.evaluate(f"{HEARD}.paused")
    page.keyboard.press("Escape")
    assert page.evaluate(RANGE) is None
    expect(begins).to_be_hidden()
    expect(slider).to_be_focused()
    assert page.evaluate(f"{HEARD}.paused") == paused


def test_handles_and_shift_drag(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    view = open_track(page, served, publish(SONG))
    box: Any = view.bounding_box()
    y = box["y"] + box["height"] / 2
    page.keyboard.down("Shift")
    drag(page, (box["x"] + box["width"] * 0.6, y), (box["x"] + box["width"] * 0.3, y))
    page.keyboard.up("Shift")
    held = marked(page)
    assert page.evaluate("document.querySelector('audio-player').hidden"), "marking does not play"
    x, y = middle(page.get_by_role("slider", name="Loop ends"))
    drag(page, (x, y), (x + box["width"] * 0.1, y))
    pulled = marked(page)
    assert pulled["from"] == held["from"]
    duration = page.evaluate(f"{VIEW}.duration")
    assert pulled["to"] - held["to"] == pytest.approx(duration * 0.1, rel=0.1)
    x, y = middle(page.get_by_role("slider", name="Loop begins"))
    drag(page, (x, y), (x + box["width"] * 0.6, y))
    assert marked(page)["from"] == pulled["to"], "pulled past the other end, they change places"


def test_the_button_loops_where_the_listener_is(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    open_track(page, served, publish(SONG))
    button = page.get_by_role("button", name="Loop", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    assert marked(page) == {"from": 0, "to": 4}
    expect(page.get_by_role("slider", name="Loop begins")).to_be_focused()
    expect(page.get_by_role("button", name="0:00.0 – 0:04.0")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_an_address_with_a_passage_waits_for_play_and_repeats_it(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(SONG)
    open_track(page, served, track, "#t=31.5,33")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('audio-player').hidden"), "nothing plays by itself"
    assert marked(page) == {"from": 31.5, "to": 33}
    expect(page.get_by_role("slider", name="Position in")).to_have_attribute("aria-valuenow", "32")
    page.get_by_role("button", name=f"Play {track.title}").click()
    until(page, f"{HEARD} && !{HEARD}.paused && {HEARD}.currentTime >= 31.4")
    assert position(page) < 33.5
    page.wait_for_timeout(2500)
    assert 31 < page.evaluate("document.querySelector('wave-form').position") < 34.5
    page.reload()
    assert marked(page) == {"from": 31.5, "to": 33}, "the address keeps it"


def test_an_address_with_a_moment_and_a_hash_typed_later(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(SONG)
    open_track(page, served, track, "#t=1:02.5")
    assert page.evaluate(RANGE) is None
    page.get_by_role("button", name=f"Play {track.title}").click()
    until(page, f"{HEARD} && !{HEARD}.paused && {HEARD}.currentTime >= 62.4")
    assert position(page) < 66
    page.evaluate("location.hash = '#t=20,24'")
    until(page, f"{HEARD}.currentTime < 25")
    assert marked(page) == {"from": 20, "to": 24}


@pytest.mark.parametrize("hash", ["#t=", "#t=x", "#t=9,3", "#t=-4", "#t=99999999,999999999", "#%"])
def test_an_address_that_says_nothing_harms_nothing(
    served: Site, page: Page, publish: Publish, complaints: list[str], hash: str
) -> None:
    open_track(page, served, publish(), hash)
    settled(page)
    assert page.evaluate(RANGE) is None


def test_loop_and_scale_outlive_a_change_of_version(
    served: Site,
    page: Page,
    piece: Track,  # noqa: F811
    complaints: list[str],
) -> None:
    open_track(page, served, piece, "#t=6,9")
    page.get_by_role("button", name="Play Cider").click()
    until(page, f"{HEARD} && !{HEARD}.paused && {HEARD}.currentTime > 6.2")
    page.get_by_role("button", name="Zoom in").click()
    zoomed = settled(page)
    page.keyboard.press("2")
    second = str(piece.versions.get(number=2).pk)
    expect(page.locator(f"wave-form[version='{second}'][data-drawn]")).to_be_visible()
    until(page, "document.querySelector('wave-form').isCurrent")
    assert marked(page) == {"from": 6, "to": 9}
    assert settled(page) == pytest.approx(zoomed, rel=0.01)
    for _ in range(2):  # it turns, and turns again
        until(page, "document.querySelector('wave-form').position > 8")
        until(page, "document.querySelector('wave-form').position < 7.5")

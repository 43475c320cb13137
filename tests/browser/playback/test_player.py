"""Listening: the sound goes on while pages change, and comes back after a reload."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.page import AUDIO, PLAYER, plays_on, position, until
from tests.sites import Site

__all__ = ["AUDIO", "PLAYER", "plays_on", "position", "until"]

pytestmark = pytest.mark.django_db(transaction=True)


def requests_of(page: Page) -> list[str]:
    """Return a list that fills with what is asked of the media addresses."""
    asked: list[str] = []
    page.on("request", lambda request: "/m/" in request.url and asked.append(request.url))
    return asked


def test_the_sound_goes_on_while_pages_change(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    first, second = publish(title="First"), publish("music/10-solo-trumpet.ogg", title="Second")
    page.goto(served.url + first.get_absolute_url())
    page.get_by_role("button", name="Play First").click()
    plays_on(page)
    page.evaluate("window.samePage = true")
    page.get_by_role("link", name="Nexus", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("New music")
    expect(page).to_have_title("▶ First — " + first.owner.name)
    plays_on(page)
    page.get_by_role("heading", name="Second").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second")
    assert page.evaluate("document.activeElement.id") == "main"
    plays_on(page)
    page.go_back()
    expect(page).to_have_url(served.url + "/")
    plays_on(page)
    assert page.evaluate("window.samePage")
    player = page.get_by_role("region", name="Player")
    expect(player.get_by_role("link")).to_have_attribute("href", first.get_absolute_url())
    assert second.title == "Second"


def test_track_and_position_are_remembered_over_a_reload(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish()
    page.goto(served.url + track.get_absolute_url())
    page.locator("wave-form[data-drawn]").click(position={"x": 400, "y": 40})
    plays_on(page)
    heard = position(page)
    assert heard > 5
    page.reload()
    player = page.get_by_role("region", name="Player")
    play = player.get_by_role("button", name="Play", exact=True)
    expect(play).to_be_visible()
    shown = float(player.get_by_label("Position").input_value())
    assert heard - 1 < shown < heard + 3
    play.click()
    until(page, f"!{AUDIO}.paused && {AUDIO}.currentTime > {shown}")
    assert position(page) < shown + 15, "it goes on where it was"


def test_the_waveform_is_drawn_before_any_sound_is_loaded(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    asked = requests_of(page)
    scripts: list[str] = []
    page.on("request", lambda request: scripts.append(request.url.rsplit("/", 1)[-1]))
    page.goto(served.url + publish().get_absolute_url())
    expect(page.locator("wave-form[data-drawn] canvas").first).to_be_visible()
    assert not [url for url in asked if "/img/" not in url], "pictures alone"
    assert not [name for name in scripts if name.startswith("hls")]


def test_opus_is_played_opus_64_under_a_narrow_line_and_opus_again_under_a_wide_one(
    served: Site, page: Page, publish: Publish
) -> None:
    track = publish("music/02-sugar-plum-fairy.ogg")
    asked = requests_of(page)
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    assert any("/opus/segment_000.m4s" in url for url in asked)
    assert not [url for url in asked if "/aac/" in url or "/opus64/" in url]
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    line = {"offline": False, "latency": 100, "uploadThroughput": 14_000}
    network.send("Network.emulateNetworkConditions", line | {"downloadThroughput": 14_000})
    page.evaluate(f"{AUDIO}.currentTime = 66")
    assert [url for url in asked if "/opus64/" in url] == []
    with page.expect_request("**/opus64/segment_*.m4s", timeout=60_000):
        pass
    network.send("Network.emulateNetworkConditions", line | {"downloadThroughput": 1_000_000})
    with page.expect_request("**/opus/segment_*.m4s", timeout=60_000):
        pass


def test_refused_addresses_are_renewed_without_a_gap(
    served: Site, page: Page, publish: Publish
) -> None:
    track = publish("music/02-sugar-plum-fairy.ogg")
    refused: list[str] = []

    def refuse(route: Any) -> None:
        refused.append(route.request.url)
        route.fulfill(status=410)

    page.goto(served.url + track.get_absolute_url())
    old = page.evaluate("JSON.parse(document.getElementById('player-data').textContent).hls_url")
    directory = old.removesuffix("master.m3u8")
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    # From now on the old signature opens nothing; the API hands out another one.
    page.route(f"**{directory}**", refuse)
    changed = old.replace("/m/", "/m/0")
    renewed = rf"**{directory.replace('/m/', '/m/0')}**"
    page.route(renewed, lambda route: route.continue_(url=route.request.url.replace("/m/0", "/m/")))

    def answer(route: Any) -> None:
        response = route.fetch()
        route.fulfill(response=response, json=response.json() | {"hls_url": changed})

    page.route("**/api/v1/versions/**", answer)
    page.evaluate("window.pauses = 0")
    page.evaluate(f"{AUDIO}.addEventListener('waiting', () => window.pauses++)")
    page.evaluate(f"{AUDIO}.currentTime = 100")
    with page.expect_request("**/m/0*/**/segment_*.m4s", timeout=30_000):
        pass
    plays_on(page)
    assert refused
    assert page.evaluate(f"{AUDIO}.error") is None


def test_a_part_still_to_come_is_waited_for(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish("music/02-sugar-plum-fairy.ogg")
    grown: list[bool] = []

    def as_it_was(route: Any) -> None:
        """Tell the playlist as it was while only four segments were encoded."""
        response = route.fetch()
        whole = response.text()
        until_now = whole.split("segment_004.m4s")[0].rsplit("#EXTINF", 1)[0]
        route.fulfill(response=response, body=whole if grown else until_now)

    page.route("**/opus/playlist.m3u8", as_it_was)
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    assert position(page) < 6, "it starts at its beginning, not at the live edge"
    player = page.get_by_role("region", name="Player")
    expect(player.locator("[data-part=total]")).to_have_text("2:00")
    slider = page.get_by_role("main").get_by_role("slider")
    slider.focus()
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    note = player.get_by_role("status")
    expect(note).to_have_text("1:29 is still being prepared. It plays as soon as it is there.")
    assert page.evaluate(f"{AUDIO}.paused")
    grown.append(True)
    until(page, f"{AUDIO}.currentTime > 89", seconds=30)
    plays_on(page)
    expect(note).to_be_empty()


def test_native_hls_where_there_are_no_media_source_extensions(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(extras=True)
    page.add_init_script("delete window.MediaSource; delete window.ManagedMediaSource;")
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    assert page.evaluate(f"{AUDIO}.currentSrc").endswith("/aac/playlist.m3u8")


def test_a_browser_that_wrongly_promises_hls_gets_the_file(
    served: Site, page: Page, publish: Publish
) -> None:
    track = publish(extras=True)
    page.add_init_script("delete window.MediaSource; delete window.ManagedMediaSource;")
    page.route("**/aac/playlist.m3u8", lambda route: route.fulfill(body="no playlist at all"))
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    assert page.evaluate(f"{AUDIO}.currentSrc").endswith("/mp3_320.mp3")


def test_the_progressive_file_is_the_last_resort(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(extras=True)
    page.add_init_script(
        "delete window.MediaSource; delete window.ManagedMediaSource;"
        "HTMLMediaElement.prototype.canPlayType = (type) => (/mpegurl/.test(type) ? '' : 'maybe');"
    )
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    assert page.evaluate(f"{AUDIO}.currentSrc").endswith("/mp3_320.mp3")


def test_a_browser_that_can_play_nothing_says_so(
    served: Site, page: Page, publish: Publish
) -> None:
    track = publish(extras=True)
    page.add_init_script(
        "delete window.MediaSource; delete window.ManagedMediaSource;"
        "HTMLMediaElement.prototype.canPlayType = () => '';"
    )
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    note = page.get_by_role("region", name="Player").locator("[data-part=note]")
    expect(note).to_contain_text("This browser cannot play this track.")
    link = note.get_by_role("link", name="Open the file")
    address = str(link.get_attribute("href"))
    assert address.endswith("/mp3_320.mp3")
    answer = page.request.get(served.url + address)
    assert (answer.status, answer.headers["content-type"]) == (200, "audio/mpeg")


def test_signing_out_forgets_what_was_played(
    served: Site, page: Page, publish: Publish, sign_in: SignIn
) -> None:
    track = publish()
    sign_in(track.owner)
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    page.locator("summary", has_text="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    expect(page.get_by_role("region", name="Player")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('nexus.player')") is None

"""The small player in foreign pages: another origin, no cookies, no storage, and it still plays."""

import gzip
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from config.setup import chromium
from tests.browser.embed.framing import Foreign, frame_of, iframe, plays, until
from tests.browser.fixtures import Publish
from tests.conftest import CHROMIUM_OPTIONS
from tests.factories.tracks import ReleaseFactory
from tests.sites import Site
from tracks.models import ReleaseTrack

pytestmark = pytest.mark.django_db(transaction=True)

LIGHT_BYTES = 60 * 1024
TELLS = """<script>
  let greeted = false;
  addEventListener("message", ({ source, data }) => {
    if (!greeted) source.postMessage({ nexus: 1, do: "hello" }, "*");
    greeted = true;
    console.log(`embed: ${data.event}`);
  });
</script>"""


def test_it_plays_in_a_foreign_page(
    served: Site, page: Page, publish: Publish, foreign: Foreign, complaints: list[str]
) -> None:
    track = publish(title="Cider")
    page.goto(foreign(iframe(f"{served.url}/embed/track/{track.pk}?theme=dark&accent=2b7fd2")))
    frame = frame_of(page)
    assert frame.evaluate("document.documentElement.dataset.theme") == "dark"
    frame.get_by_role("button", name="Play Cider").click()
    plays(frame)
    assert page.context.cookies() == []


def test_it_says_so_where_music_is_not_open(
    served: Site, page: Page, publish: Publish, foreign: Foreign
) -> None:
    track = publish(title="Secret", visibility="private")
    page.goto(foreign(iframe(f"{served.url}/embed/track/{track.pk}")))
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("heading")).to_have_text("This music is not open to everybody")
    expect(inside.get_by_text("Secret")).to_have_count(0)


def test_an_unlisted_track_plays_by_its_key_and_from_a_moment(
    served: Site, page: Page, publish: Publish, foreign: Foreign
) -> None:
    track = publish(visibility="unlisted")
    address = f"{served.url}/embed/track/{track.pk}?key={track.token}&start=20"
    page.goto(foreign(iframe(address)))
    frame = frame_of(page)
    expect(frame.locator("[data-part=elapsed]")).to_have_text("0:20")
    frame.get_by_role("button", name="Play").click()
    plays(frame, beyond=20.5)


def test_it_plays_with_third_party_cookies_blocked(
    served: Site, publish: Publish, foreign: Foreign, chromium_browser: Browser, tmp_path: Path
) -> None:
    """A real profile that blocks third-party cookies: storage throws in the frame, too."""
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    blocked = {"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}
    (profile / "Preferences").write_text(json.dumps(blocked))
    context = chromium_browser.browser_type.launch_persistent_context(
        str(profile.parent),
        executable_path=chromium.find(),
        args=CHROMIUM_OPTIONS,
    )
    try:
        page = context.new_page()
        track = publish(title="Cider")
        page.goto(foreign(iframe(f"{served.url}/embed/track/{track.pk}")))
        frame = frame_of(page)
        assert frame.evaluate(STORAGE_IS_CLOSED)
        frame.get_by_role("button", name="Play Cider").click()
        plays(frame)
        assert context.cookies() == []
    finally:
        context.close()


STORAGE_IS_CLOSED = """(() => {
  try { localStorage.setItem("x", "1"); return false; } catch { return true; }
})()"""


def test_an_isolated_page_may_show_it(
    served: Site, page: Page, publish: Publish, foreign: Foreign, complaints: list[str]
) -> None:
    """Under COEP `require-corp`, which refuses every frame that does not take part."""
    track = publish(title="Cider")
    page.goto(foreign(iframe(f"{served.url}/embed/track/{track.pk}"), "isolated"))
    frame = frame_of(page)
    assert page.evaluate("crossOriginIsolated")
    frame.get_by_role("button", name="Play Cider").click()
    plays(frame)


def test_it_weighs_little_until_somebody_plays(
    served: Site, page: Page, publish: Publish, foreign: Foreign
) -> None:
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.url.startswith(served.url):
            weights[response.url] = len(gzip.compress(response.body()))

    page.on("response", weigh)
    track = publish()
    page.goto(foreign(iframe(f"{served.url}/embed/track/{track.pk}")))
    frame = frame_of(page)
    page.wait_for_load_state("networkidle")
    light = sum(weights.values())
    assert light <= LIGHT_BYTES, weights
    assert not [url for url in weights if "vendor/hls" in url or ".m3u8" in url]
    frame.get_by_role("button", name="Play").click()
    plays(frame)
    assert [url for url in weights if "vendor/hls" in url]


def test_a_list_plays_on_and_is_walked_by_keys(
    served: Site, page: Page, publish: Publish, foreign: Foreign, complaints: list[str]
) -> None:
    first = publish(title="First")
    second = publish("music/10-solo-trumpet.ogg", title="Second", owner=first.owner)
    release = ReleaseFactory.create(owner=first.owner, title="Album")
    for position, track in enumerate((first, second), start=1):
        ReleaseTrack.objects.create(release=release, track=track, position=position)
    page.goto(foreign(iframe(f"{served.url}/embed/release/{release.pk}", 440)))
    frame = frame_of(page)
    expect(frame.get_by_role("button", name="Previous")).to_be_disabled()
    frame.get_by_role("button", name="Play First").press("Enter")
    plays(frame)
    seek = frame.get_by_role("slider", name="Position")
    length = float(seek.get_attribute("max") or 0)
    frame.evaluate(
        f"(() => {{ const s = document.querySelector('[data-part=seek]');"
        f"s.value = {length - 3}; s.dispatchEvent(new Event('change')); }})()"
    )
    expect(frame.locator("[data-part=title]")).to_have_text("Second")
    plays(frame, beyond=0.5)
    row = frame.locator("[data-index='0']")
    row.focus()
    row.press("Enter")
    expect(frame.locator("[data-part=title]")).to_have_text("First")
    plays(frame, beyond=0.5)
    page.keyboard.press("k")
    until(frame, "document.documentElement.dataset.state === 'paused'")
    frame.get_by_role("button", name="Next").press("Enter")
    plays(frame, beyond=0.5)
    expect(frame.locator("[data-index='1']")).to_have_attribute("aria-current", "true")


def test_a_browser_that_forbids_autoplay_waits_for_a_hand(
    served: Site, publish: Publish, foreign: Foreign, chromium_browser: Browser
) -> None:
    strict = [option for option in CHROMIUM_OPTIONS if "autoplay" not in option]
    browser = chromium_browser.browser_type.launch(
        executable_path=chromium.find(),
        args=[*strict, "--autoplay-policy=document-user-activation-required"],
    )
    try:
        page = browser.new_page()
        track = publish(title="Cider")
        address = f"{served.url}/embed/track/{track.pk}?autoplay=1"
        # What Playwright evaluates counts as a hand of the person, so nothing is asked of the
        # page before it has said itself that it came to rest.
        with page.expect_console_message(lambda message: message.text == "embed: pause"):
            page.goto(foreign(TELLS + iframe(address)), wait_until="commit")
        frame = frame_of(page)
        assert frame.evaluate("document.documentElement.dataset.state") == "paused"
        frame.get_by_role("button", name="Play Cider").click()
        plays(frame)
    finally:
        browser.close()


def test_it_plays_by_itself_where_the_browser_lets_it(
    served: Site, page: Page, publish: Publish, foreign: Foreign
) -> None:
    track = publish()
    page.goto(foreign(iframe(f"{served.url}/embed/track/{track.pk}?autoplay=1&start=5")))
    plays(frame_of(page), beyond=5.5)

"""The small player in foreign pages: another origin, no cookies, no storage, and it still plays."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, Response, expect

from config.setup import chromium
from tests.browser.conftest import Publish
from tests.conftest import CHROMIUM_OPTIONS
from tests.factories.tracks import ReleaseFactory
from tests.sites import Site
from tracks.models import ReleaseTrack

pytestmark = pytest.mark.django_db(transaction=True)

LIGHT_BYTES = 60 * 1024
HOST_PAGE = """<!doctype html><html lang="en"><title>A foreign page</title>
<h1>My blog</h1>{body}"""

Foreign = Callable[..., str]


@pytest.fixture
def foreign() -> Iterator[Foreign]:
    """A function: HTML → the address of a page with it on another site (localhost, not 127…)."""
    pages: dict[str, bytes] = {}

    class Blog(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, b"")
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in ISOLATED.items() if "isolated" in self.path else ():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Blog)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def deed(body: str, name: str = "post") -> str:
        path = f"/{name}-{len(pages)}.html"
        pages[path] = HOST_PAGE.format(body=body).encode()
        return f"http://localhost:{server.server_port}{path}"

    yield deed
    server.shutdown()
    server.server_close()


ISOLATED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def iframe(address: str, height: int = 168) -> str:
    return (
        f'<iframe src="{address}" title="Player" width="640" height="{height}" '
        'allow="autoplay"></iframe>'
    )


def frame_of(page: Page) -> Frame:
    """Return the embedded player, once its script has taken it over."""
    handle = page.wait_for_selector("iframe")
    assert handle
    frame = handle.content_frame()
    assert frame
    frame.wait_for_selector("html[data-state]")
    return frame


def until(frame: Frame, condition: str, seconds: float = 45) -> None:
    """Wait until a JavaScript condition holds in the frame."""
    for _ in range(int(seconds * 20)):
        if frame.evaluate(condition):
            return
        frame.wait_for_timeout(50)
    raise AssertionError(f"not within {seconds} s: {condition}")


def plays(frame: Frame, beyond: float = 1.0) -> None:
    """Wait until sound is heard beyond this moment."""
    active = "document.querySelector('audio[data-active]')"
    until(frame, f"!{active}.paused && {active}.currentTime > {beyond}")


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


WIDGET = """
<script type="module">
  import {{ NexusWidget }} from "{site}/embed/widget.js";
  const widget = new NexusWidget(document.querySelector("iframe"));
  window.heard = [];
  for (const name of ["ready", "play", "pause", "time", "track", "finish", "error"]) {{
    widget.addEventListener(name, ({{ detail }}) => window.heard.push({{ name, ...detail }}));
  }}
  window.widget = widget;
</script>"""


def test_a_foreign_page_steers_it(
    served: Site, page: Page, publish: Publish, foreign: Foreign, complaints: list[str]
) -> None:
    track = publish(title="Cider")
    other = publish("music/10-solo-trumpet.ogg", title="Trumpet")
    frame_html = iframe(f"{served.url}/embed/track/{track.pk}")
    page.goto(foreign(frame_html + WIDGET.format(site=served.url)))
    frame = frame_of(page)
    told = page.evaluate("widget.ready")
    assert (told["kind"], told["title"], told["paused"]) == ("track", "Cider", True)
    page.evaluate("widget.play()")
    plays(frame)
    assert page.evaluate("widget.state()")["paused"] is False
    page.evaluate("widget.setVolume(0.25)")
    page.evaluate("widget.seek(20)")
    plays(frame, beyond=20.5)
    assert 20 < page.evaluate("widget.state()")["position"] < 30
    page.evaluate("widget.pause()")
    until(frame, "document.documentElement.dataset.state === 'paused'")
    names = page.evaluate("heard.map(({ name }) => name)")
    assert names[0] == "ready"
    assert {"play", "time", "pause"} <= set(names)
    refused = "(deed) => deed().then(() => '', (error) => error.message)"
    assert "number" in page.evaluate(f"({refused})(() => widget.seek(NaN))")
    assert "Only addresses" in page.evaluate(
        f"({refused})(() => widget.load('https://e.example/'))"
    )
    page.evaluate(f"widget.load('/embed/track/{other.pk}')")
    expect(frame.locator("[data-part=title]")).to_have_text("Trumpet")
    page.evaluate("widget.play()")
    plays(frame, beyond=0.5)
    page.evaluate("widget.seek(4.5)")
    for _ in range(200):
        if "finish" in page.evaluate("heard.map(({ name }) => name)"):
            break
        page.wait_for_timeout(50)
    assert "finish" in page.evaluate("heard.map(({ name }) => name)")


def test_only_the_page_around_it_is_heard(
    served: Site, page: Page, publish: Publish, foreign: Foreign
) -> None:
    """Messages of other frames and of other kinds steer nothing; answers go to one origin."""
    track = publish(title="Cider")
    meddler = (
        "<iframe id='meddler' srcdoc=\"<script>setInterval(() => parent.frames[0].postMessage("
        "{nexus: 1, do: 'play', id: 1}, '*'), 50)</script>\"></iframe>"
    )
    page.goto(foreign(iframe(f"{served.url}/embed/track/{track.pk}") + meddler))
    frame = frame_of(page)
    page.evaluate("frames[0].postMessage({do: 'play'}, '*')")
    page.evaluate("frames[0].postMessage({nexus: 2, do: 'play'}, '*')")
    page.evaluate("frames[0].postMessage('play', '*')")
    page.wait_for_timeout(1500)
    assert frame.evaluate("document.documentElement.dataset.state") == "paused"
    page.evaluate("""() => {
      window.answers = [];
      addEventListener("message", ({ data, origin }) => answers.push({ ...data, origin }));
      frames[0].postMessage({ nexus: 1, do: "dance", id: 9 }, "*");
    }""")
    page.wait_for_timeout(500)
    (answer,) = [row for row in page.evaluate("answers") if row.get("reply") == 9]
    assert "does not know" in answer["error"]
    assert answer["origin"] == served.url


def test_the_documentation_shows_it(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    publish(title="Cider")
    page.goto(f"{served.url}/docs/embed/")
    log = page.get_by_role("log")
    expect(log).to_contain_text("ready")
    page.get_by_role("button", name="play()").click()
    expect(log).to_contain_text("play ")
    expect(log).to_contain_text("time ")
    page.get_by_role("button", name="pause()").click()
    expect(log).to_contain_text("pause ")
    # The player of the site itself was neither used nor told.
    assert page.evaluate("localStorage.getItem('nexus.player')") is None


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
        page.goto(foreign(iframe(f"{served.url}/embed/track/{track.pk}?autoplay=1")))
        frame = frame_of(page)
        until(frame, "document.documentElement.dataset.state === 'paused'")
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

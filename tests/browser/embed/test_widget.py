"""A foreign page steers the player it frames, by messages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.embed.framing import Foreign, frame_of, iframe, plays, until
from tests.browser.fixtures import Publish
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

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

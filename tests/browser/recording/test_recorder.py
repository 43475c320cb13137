"""Recording with a microphone: Chromium's own test tone, through the real pipeline, to the ear."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from config.setup import chromium
from social.models import User
from tests.browser.fixtures import Publish
from tests.browser.playback.test_player import plays_on, until
from tests.conftest import CHROMIUM_OPTIONS
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

FAKE_MICROPHONE = ["--use-fake-device-for-media-stream"]
ALLOWED = [*FAKE_MICROPHONE, "--use-fake-ui-for-media-stream"]


@pytest.fixture
def artist() -> User:
    """Somebody with a piece."""
    return UserFactory.create(handle="ada")


@pytest.fixture
def hearing(chromium_browser: Browser, served: Site) -> Iterator[Browser]:
    """A Chromium with a microphone that beeps once a second and is always allowed."""
    browser = chromium_browser.browser_type.launch(
        executable_path=chromium.find(), args=[*CHROMIUM_OPTIONS, *ALLOWED]
    )
    yield browser
    browser.close()


def enter(browser: Browser, served: Site, user: User) -> BrowserContext:
    """Return a context that is signed in."""
    context = browser.new_context()
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": served.url}])
    return context


@pytest.fixture
def studio(hearing: Browser, served: Site, artist: User) -> Iterator[Page]:
    """A page with a microphone."""
    context = enter(hearing, served, artist)
    yield context.new_page()
    context.close()


def record(page: Page, seconds: float = 3) -> None:
    page.get_by_role("button", name="Record").click()
    # "Recording." is there only until the microphone is found too loud: this says that it began.
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.wait_for_timeout(seconds * 1000)


def test_a_recording_becomes_a_version_that_plays(
    served: Site, studio: Page, artist: User, publish: Publish
) -> None:
    served.work("fast")
    # A real piece: its cover is shown for the recording, too.
    track = publish(owner=artist, title="Sea", slug="sea")
    heard: list[str] = []
    studio.on("console", lambda message: message.type == "error" and heard.append(message.text))
    studio.goto(served.url + "/tracks/sea/record/")
    record(studio)
    until(studio, "document.querySelector('[data-part=meter]').value > -40")
    studio.get_by_role("button", name="Pause").click()
    before = studio.get_by_role("timer").text_content()
    studio.wait_for_timeout(2500)
    assert studio.get_by_role("timer").text_content() == before, "a pause takes no time"
    studio.get_by_role("button", name="Go on").click()
    studio.wait_for_timeout(1500)
    studio.get_by_role("button", name="Stop").click()
    take = studio.locator("audio[data-part=take]")
    expect(take).to_be_visible()
    studio.get_by_label("Label").fill("played in")
    studio.get_by_label("What changed").fill("By *hand*.")
    studio.get_by_role("button", name="Add this version").click()
    expect(studio).to_have_url(served.url + "/tracks/sea/versions/", timeout=30_000)
    row = studio.locator("#version-2")
    expect(row.get_by_text("LUFS")).to_be_visible(timeout=60_000)
    version = track.versions.get(number=2)
    facts = version.media.asset.facts
    assert (version.label, version.note_md) == ("played in", "By *hand*.")
    assert (facts.container, facts.codec) == ("matroska", "opus")
    assert 3500 < facts.duration_ms < 8000, "what was paused is not in it"
    assert facts.loudness_lufs is not None
    studio.goto(served.url + "/tracks/sea/?v=2")
    studio.get_by_role("button", name="Play Sea").click()
    plays_on(studio)
    assert heard == []


def test_a_recording_becomes_a_new_piece(served: Site, studio: Page, artist: User) -> None:
    studio.goto(served.url + "/record/")
    record(studio, 1.5)
    studio.get_by_role("button", name="Stop").click()
    studio.get_by_label("Title").fill("First take")
    studio.get_by_role("button", name="Keep it as a new piece").click()
    expect(studio.get_by_role("heading", level=1)).to_have_text("First take", timeout=30_000)
    track = Track.objects.get()
    assert (track.title, track.visibility, track.owner) == ("First take", "private", artist)


def test_a_take_is_thrown_away_and_another_made(served: Site, studio: Page) -> None:
    studio.goto(served.url + "/record/")
    record(studio, 1)
    studio.get_by_role("button", name="Stop").click()
    send = studio.get_by_role("button", name="Keep it as a new piece")
    expect(send).to_be_visible()
    studio.get_by_role("button", name="Discard").click()
    expect(send).to_be_hidden()
    expect(studio.get_by_role("timer")).to_have_text("0:00")
    record(studio, 1)
    assert not Track.objects.exists()


def test_one_may_choose_among_microphones(served: Site, studio: Page) -> None:
    studio.goto(served.url + "/record/")
    record(studio, 0.5)
    studio.get_by_role("button", name="Stop").click()
    studio.get_by_role("button", name="Discard").click()
    device = studio.get_by_label("Microphone")
    expect(device).to_be_visible()
    assert device.locator("option").count() > 1
    device.select_option(index=1)
    record(studio, 0.5)


def test_a_refused_microphone_says_what_to_do(
    served: Site, chromium_browser: Browser, artist: User
) -> None:
    browser = chromium_browser.browser_type.launch(
        executable_path=chromium.find(), args=[*CHROMIUM_OPTIONS, *FAKE_MICROPHONE]
    )
    page = enter(browser, served, artist).new_page()
    page.goto(served.url + "/record/")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("The microphone was refused.")).to_be_visible()
    expect(page.get_by_role("button", name="Record")).to_be_visible()
    browser.close()


def test_a_page_without_https_says_why_it_cannot_record(served: Site, studio: Page) -> None:
    studio.add_init_script("Object.defineProperty(globalThis, 'isSecureContext', {value: false})")
    studio.goto(served.url + "/record/")
    expect(studio.get_by_text("Browsers open the microphone only to pages")).to_be_visible()
    expect(studio.get_by_role("button", name="Record")).to_be_hidden()


def test_reached_without_a_reload_it_offers_one(served: Site, studio: Page, artist: User) -> None:
    """Boosted navigation keeps the policy of the page before, which shuts the microphone."""
    PublicTrackFactory.create(owner=artist, slug="sea")
    studio.goto(served.url + "/tracks/sea/versions/")
    studio.evaluate("htmx.ajax('GET', '/record/', {target: '#main', select: '#main'})")
    again = studio.get_by_role("link", name="Open it anew")
    expect(again).to_be_visible()

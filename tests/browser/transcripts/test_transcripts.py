"""Words that follow the music, and the page on which their owner changes them."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.transcripts import selectors
from assistant.transcripts.local import Local
from assistant.transcripts.passages import row_of
from assistant.transcripts.services import asking
from media_pipeline.jobs.services.running import run_job
from media_pipeline.models import Job
from tests.browser.fixtures import Publish, SignIn, process_here
from tests.browser.looks import flaws
from tests.browser.page import plays_on, until
from tests.factories.assistant import transcribe
from tests.factories.tracks import TrackFactory
from tests.jobs import apart
from tests.media_pipeline.audio import DATA
from tests.sites import Site
from tracks.models import Track
from tracks.visibility.services.visibility import set_visibility

pytestmark = pytest.mark.django_db(transaction=True)
SPEECH = DATA / "speech" / "jfk.flac"
NOW = ".transcript__word--now"
LOOKS = os.environ.get("NEXUS_LOOKS", "")


def look(page: Page, name: str) -> None:
    """Keep a picture where somebody asks for it."""
    if not LOOKS:
        return
    for theme in ("light", "dark"):
        for width in (360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            page.screenshot(path=Path(LOOKS) / f"{name}-{theme}-{width}.png", full_page=True)


@pytest.fixture
def spoken(publish: Publish) -> Track:
    track = publish(title="Talk", slug="talk")
    text = "number {} is said here by somebody"
    rows: list[Any] = [row_of(at * 2000, at * 2000 + 1900, text.format(at)) for at in range(400)]
    for place, row in enumerate(rows):
        row["speaker"] = "Ann" if place < 3 else "Ben"
        for word in row["words"]:
            word[3] = 0.3 if word[2] == "somebody" else 0.9
    assert track.primary_version
    transcribe(track.primary_version, segments=rows)
    return track


def test_the_word_that_is_heard_is_marked_and_a_press_plays_from_there(
    served: Site, page: Page, spoken: Track, complaints: list[str]
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{served.url}/tracks/talk/")
    lines = page.locator("transcript-lines li")
    expect(lines).to_have_count(12)
    lines.nth(5).scroll_into_view_if_needed()
    word = lines.nth(5).locator("p > span", has_text="said")
    word.click()
    plays_on(page)
    expect(page.locator(NOW)).to_have_count(1)
    until(page, "Number(document.getElementById('player-seek').value) >= 10.5")
    expect(page.locator("transcript-lines [aria-current]")).to_contain_text("number")
    expect(lines).to_have_count(400)  # the rest has come while it plays
    page.locator(".transcript__lines").hover()
    page.mouse.wheel(0, 2000)
    again = page.get_by_role("button", name="Follow the music again")
    expect(again).to_be_visible()
    again.click()
    expect(page.locator(NOW)).to_be_in_viewport()
    assert complaints == []


def test_the_keyboard_goes_from_word_to_word(served: Site, page: Page, spoken: Track) -> None:
    page.goto(f"{served.url}/tracks/talk/")
    box = page.locator(".transcript__lines")
    box.scroll_into_view_if_needed()
    expect(page.locator(".transcript__word").first).to_be_attached()
    box.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".transcript__word:focus")).to_have_text("is")
    page.keyboard.press("Enter")
    plays_on(page)


def test_without_scripts_it_is_text_with_times(
    served: Site, chromium_browser: Browser, spoken: Track
) -> None:
    page = chromium_browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served.url}/tracks/talk/")
    page.get_by_role("link", name="Read all of it").click()
    expect(page.get_by_text("number 99 is said")).to_be_visible()
    page.get_by_role("link", name="Go on reading").click()
    expect(page.get_by_text("number 100 is said")).to_be_visible()
    times = page.locator("[data-part] a").first
    assert re.fullmatch(r"/tracks/talk/#t=200", times.get_attribute("href") or "")
    page.context.close()


def test_an_owner_changes_words_and_reads_them(
    served: Site, page: Page, spoken: Track, sign_in: SignIn
) -> None:
    sign_in(spoken.owner)
    page.goto(f"{served.url}/tracks/talk/")
    page.get_by_role("link", name="Change the transcript").click()
    expect(page.get_by_text("Not sure of: somebody").first).to_be_visible()
    page.get_by_label("Words").first.fill("number nought is said here by Ann")
    look(page, "edit")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="Talk").first.click()
    expect(page.get_by_text("number nought is said here by Ann")).to_be_visible()
    look(page, "owner")


@pytest.mark.parametrize("place", ["/tracks/talk/", "transcript/", "transcript/edit/"])
def test_nothing_is_to_be_said_against_them(
    served: Site, page: Page, spoken: Track, sign_in: SignIn, place: str
) -> None:
    if "edit" in place:
        sign_in(spoken.owner)
    address = place if place.startswith("/") else f"/tracks/{spoken.pk}/{place}"
    assert flaws(page, f"{served.url}{address}", widths=(360, 1440)) == []
    look(page, place.strip("/").replace("/", "-"))


@pytest.mark.skipif(not Local().is_there(), reason="No model that hears words is installed.")
@pytest.mark.skipif(not SPEECH.is_file(), reason="The sample is not here.")
def test_what_is_said_is_read_on_the_page_of_what_was_uploaded(
    served: Site, page: Page, settings: Any
) -> None:
    settings.NEXUS_SPEECH = "local"

    def work() -> None:
        track = TrackFactory.create(
            title="Inauguration", slug="speech", version=process_here(SPEECH, ["process"])
        )
        set_visibility(track=track, visibility="public", by=track.owner)
        asking.ask(version=track.primary_version, by=track.owner)
        run_job(Job.objects.get(kind=selectors.KIND).pk)

    apart(work)
    page.goto(f"{served.url}/tracks/speech/")
    expect(page.locator("transcript-lines")).to_contain_text("what your country can do for you")
    page.locator("transcript-lines li").last.scroll_into_view_if_needed()
    word = page.locator(".transcript__word", has_text="country.").last
    word.click()
    plays_on(page)
    until(page, "Number(document.getElementById('player-seek').value) >= 9.5")

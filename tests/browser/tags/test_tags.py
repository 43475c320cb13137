"""Tags in the page: suggested ones accepted with one press, own ones added as one types."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.factories.described import tag_on
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site
from tracks.models import Track
from tracks.tags.services import tagging

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def track(publish: Publish) -> Track:
    return publish(title="Tide")


def test_a_suggested_tag_is_accepted_with_one_press(
    served: Site, page: Page, track: Track, sign_in: SignIn, complaints: list[str]
) -> None:
    tagging.suggest(track=track, tag="Calm", confidence=0.82, by_machine="ear")
    tagging.suggest(track=track, tag="Angry", confidence=0.4, by_machine="ear")
    sign_in(track.owner)
    page.goto(served.url + track.get_absolute_url())
    expect(page.get_by_role("list", name="Suggested tags")).to_contain_text("82 %")
    assert flaws(page) == []
    page.get_by_role("button", name="Accept Calm").press("Enter")
    expect(page.get_by_role("list", name="Tags", exact=True)).to_contain_text("Calm")
    page.get_by_role("button", name="Refuse Angry").click()
    expect(page.get_by_role("list", name="Suggested tags")).to_have_count(0)
    page.get_by_role("link", name="Calm").click()
    expect(page.get_by_role("heading", name="Calm")).to_be_visible()
    assert flaws(page) == []
    page.goto(f"{served.url}/tags/")
    expect(page.get_by_role("heading", name="Moods")).to_be_visible()
    assert flaws(page) == []
    assert complaints == []


def test_tags_are_offered_for_the_word_behind_the_comma(
    served: Site, page: Page, track: Track, sign_in: SignIn, complaints: list[str]
) -> None:
    tag_on(PublicTrackFactory.create(), "Piano")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/{track.slug}/tags/")
    with page.expect_response(lambda answer: "begins=pi" in answer.url):
        page.get_by_label("Add tags").press_sequentially("my street, pi")
    expect(page.locator("#tag-offers option")).to_have_attribute("value", "my street, Piano")
    page.get_by_label("Add tags").fill("my street, Piano")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take Piano away")).to_be_visible()
    assert flaws(page) == []
    page.get_by_role("button", name="Take my street away").click()
    expect(page.get_by_role("button", name="Take my street away")).to_have_count(0)
    page.goto(f"{served.url}/tracks/{track.slug}/music/")
    page.get_by_role("textbox", name="Key").fill("Fis-Moll")
    assert flaws(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#track-facts")).to_contain_text("F♯ minor · 11A")
    assert complaints == []

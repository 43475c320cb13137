"""Looking for music by keyboard: chips, what can be added, suggestions, and nothing found."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish
from tests.browser.looks import flaws
from tests.factories.tracks import ReleaseFactory
from tests.indexing import index
from tests.sites import Site
from tracks.models import ReleaseTrack, Track

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def three(publish: Publish) -> list[Track]:
    """Three pieces of one artist, in tempo and key apart."""
    first = publish(title="Harbour", bpm=124, music_key="Am")
    others = [
        publish(title=title, owner=first.owner, bpm=bpm)
        for title, bpm in (("Haze", 90), ("Hill", 126))
    ]
    index()
    return [first, *others]


def titles(page: Page, *wanted: str) -> None:
    """Wait until these pieces are shown, in whatever order."""
    expect(page.locator(".card")).to_have_count(len(wanted))
    for title in wanted:
        expect(page.locator(".card__title", has_text=title)).to_have_count(1)


def test_operators_become_chips_and_dropping_one_widens(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    handle = three[0].owner.handle
    page.goto(served.url + "/search/")
    page.keyboard.type(f"by:{handle} bpm:120..128 -hill ")
    page.keyboard.press("Enter")
    titles(page, "Harbour")
    assert page.url == f"{served.url}/search/?by={handle}&bpm=120..128&not=hill"
    chips = page.get_by_role("list", name="Conditions").get_by_role("link")
    expect(chips).to_have_count(3)
    page.get_by_role("link", name="Drop Without: “hill”").press("Enter")
    titles(page, "Harbour", "Hill")
    page.get_by_role("link", name="Drop Tempo: 120–128 bpm").press("Enter")
    titles(page, "Harbour", "Haze", "Hill")
    page.go_back()
    titles(page, "Harbour", "Hill")


def test_what_can_be_added_narrows(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url + "/search/?q=h")
    titles(page, "Harbour", "Haze", "Hill")
    expect(page.get_by_role("link", name="Tracks 3")).to_be_visible()
    page.locator("summary", has_text="Narrow").press("Enter")
    page.get_by_role("link", name="8A · A minor 1").press("Enter")
    titles(page, "Harbour")
    assert page.url.endswith("/search/?q=h&key=8A")


def test_suggestions_are_chosen_by_keys(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url + "/search/")
    field = page.get_by_role("combobox", name="Title, artist or words")
    field.click()
    page.keyboard.type("hil")
    offers = page.get_by_role("listbox", name="Suggestions")
    expect(offers.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", re.compile(r"offers-\d-0"))
    page.keyboard.press("Escape")
    expect(offers).to_be_hidden()
    page.keyboard.type("l")
    expect(offers).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hill", level=1)).to_be_visible()


def test_nothing_found_says_which_chip_to_drop(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    page.goto(served.url + "/search/?q=harbour+bpm:300..")
    page.get_by_role("link", name="Drop from 300 bpm").press("Enter")
    titles(page, "Harbour")
    page.goto(served.url + "/search/?q=habrour")
    titles(page, "Harbour")


LONG = "Such a long name that it has to be cut somewhere, however wide the window may be today"


def test_each_state_of_a_search_fits_in_both_themes(
    served: Site, page: Page, three: list[Track], complaints: list[str]
) -> None:
    owner = three[0].owner
    release = ReleaseFactory.create(owner=owner, title=f"H {LONG}", visibility="public")
    ReleaseTrack.objects.create(release=release, track=three[0], position=1)
    index()
    page.goto(served.url + "/search/")
    expect(page.get_by_text("bpm:120..128", exact=True)).to_be_visible()
    assert flaws(page) == []
    page.get_by_role("combobox", name="Title, artist or words").fill("h")
    expect(page.get_by_role("option")).to_have_count(4)
    page.keyboard.press("ArrowDown")
    assert flaws(page) == []
    page.goto(served.url + "/search/?q=h")
    summary = page.locator("summary", has_text="Narrow")
    summary.press("Enter")
    heading = page.get_by_role("heading", level=1).bounding_box()
    groups = page.locator(".narrowing__groups").bounding_box()
    assert heading
    assert groups
    assert groups["x"] == heading["x"], "it stands below what it narrows"
    assert flaws(page) == []
    page.goto(served.url + "/search/?q=h&type=release")
    expect(page.locator(".card__title")).to_have_text(release.title)
    assert flaws(page) == []
    page.goto(served.url + "/search/?q=harbour+bpm:300..")
    assert flaws(page) == []

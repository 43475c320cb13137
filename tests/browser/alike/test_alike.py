"""Sounds like this, by hand and by keyboard: the shelf, its page, and a path to another piece."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish
from tests.browser.looks import flaws
from tests.browser.queue.test_queue import opened, plays, shows
from tests.indexing import index
from tests.sites import Site
from tests.tracks.alike.sounds import at, describe
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def four(publish: Publish) -> list[Track]:
    """Four pieces, A to D, each a little farther on the way."""
    first = publish(title="A", slug="a", bpm=120, music_key="Am")
    words = {"owner": first.owner, "bpm": 60, "music_key": "C"}
    tracks = [first, *(publish(title=title, slug=title.lower(), **words) for title in "BCD")]
    for place, track in enumerate(tracks):
        describe(track, at(10 * place))
    return tracks


def test_the_shelf_comes_when_one_is_near_and_leads_on(
    served: Site, page: Page, four: list[Track], complaints: list[str]
) -> None:
    page.goto(f"{served.url}/tracks/a/")
    shelf = page.locator("alike-shelf")
    shelf.scroll_into_view_if_needed()
    expect(shelf.get_by_role("heading", name="Sounds like this")).to_be_visible()
    expect(shelf.locator(".card__title")).to_have_text(["B", "C", "D"])
    words = "Almost the same sound, C major goes with it, half the tempo"
    expect(shelf.locator(".alike__reason").first).to_have_text(words)
    assert flaws(page) == []
    shelf.get_by_role("button", name="Play B", exact=True).click()
    plays(page, "B")
    shelf.get_by_role("link", name="More, and what goes with it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sounds like A")
    expect(page.get_by_role("heading", name="Goes with it")).to_be_visible()
    plays(page, "B")
    assert flaws(page) == []
    assert complaints == []


def test_a_path_is_found_and_played_by_keyboard_alone(
    served: Site, page: Page, four: list[Track], complaints: list[str]
) -> None:
    index()
    page.goto(f"{served.url}/tracks/a/similar/")
    page.get_by_label("To which piece").focus()
    page.keyboard.type("D")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.get_by_role("region", name="Which one?").get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("From A to D")
    expect(page.locator("main .card__title")).to_have_text(["A", "B", "C", "D"])
    assert flaws(page) == []
    page.get_by_role("button", name="Play all").focus()
    page.keyboard.press("Enter")
    plays(page, "A")
    opened(page)
    shows(page, "A", "B", "C", "D")
    assert complaints == []


def test_without_scripts_the_track_page_has_a_link(
    served: Site, page: Page, four: list[Track]
) -> None:
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{served.url}/tracks/a/")
    page.get_by_role("link", name="Sounds like this").click()
    expect(page.locator("main .card__title").first).to_have_text("B")


def test_choices_and_reasons_fit_whatever_the_titles_are(
    served: Site, page: Page, publish: Publish, four: list[Track], complaints: list[str]
) -> None:
    long = "Such a long name that it has to be cut somewhere, however wide the window may be"
    describe(publish(title=f"D {long}", owner=four[0].owner), at(12))
    index()
    page.goto(f"{served.url}/tracks/a/path/?to=D")
    expect(page.get_by_role("region", name="Which one?").get_by_role("link")).to_have_count(2)
    assert flaws(page) == []
    page.goto(f"{served.url}/tracks/a/similar/")
    expect(page.locator(".card__title", has_text=long).first).to_be_visible()
    assert flaws(page) == []

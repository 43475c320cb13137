"""A draft fills in under one's hands, and takes nothing away that is being written."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.fixtures import SignIn
from tests.browser.page import until
from tests.factories.releases import on_draft
from tests.factories.social import UserFactory
from tests.jobs import apart
from tests.sites import Site
from tracks.models import Release
from tracks.releases.services import drafts

pytestmark = pytest.mark.django_db(transaction=True)
ALBUM = {"album": "Orchard", "album_artist": "Ada", "date": "1977", "publisher": "Fields"}


@pytest.fixture
def draft(served: Site, sign_in: SignIn) -> Release:
    """A draft of two files, whose tags have said nothing but titles yet."""
    artist: Any = UserFactory.create(handle="ada", display_name="Mira")
    sign_in(artist)

    def begin() -> None:
        found = drafts.begin(owner=artist, title="folder")
        on_draft(found, "2.flac", title="One", track="2")
        on_draft(found, "3.flac", title="Two", track="3")
        drafts.settle(release=found)

    apart(begin)
    return Release.objects.get()


def one_more(draft: Release, name: str, number: str) -> None:
    """Let another file be read while the page is open."""

    def read() -> None:
        on_draft(draft, f"{number}.flac", title=name, track=number, **ALBUM)
        drafts.settle(release=draft)

    apart(read)


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page whose scripts raise nothing."""
    raised: list[str] = []
    page.on("pageerror", lambda error: raised.append(str(error)))
    yield page
    assert raised == []


def test_nothing_that_is_being_written_goes(served: Site, page: Page, draft: Release) -> None:
    page.goto(f"{served.url}/releases/{draft.slug}/edit/")
    titles = page.locator("[data-rename] [name=title]")
    expect(titles).to_have_count(2)
    day = (timezone.now() + timedelta(days=40)).strftime("%Y-%m-%d")
    page.get_by_label("Everybody, at an hour").check()
    page.get_by_label("Day and hour").fill(f"{day}T12:00")
    page.get_by_label("On the clocks of").select_option("Asia/Tokyo")
    page.get_by_label("Catalogue number").fill("FLD 7")
    title = page.get_by_label("Title of Two")
    title.fill("Two, half ty")
    for count, (name, number) in enumerate([("Nought", "1"), ("Three", "4")], start=3):
        one_more(draft, name, number)
        expect(titles).to_have_count(count)
        title.press_sequentially("x")  # the focus is where it was
    expect(page.get_by_label("Title of Two")).to_have_value("Two, half tyxx")
    expect(page.get_by_role("heading", level=1)).to_have_text("Orchard")
    assert [one.input_value() for one in titles.all()] == [
        "Nought",
        "One",
        "Two, half tyxx",
        "Three",
    ]
    # What nobody has touched follows the files, also between fields that somebody has.
    expect(page.locator("#details [name=label]")).to_have_value("Fields")
    expect(page.locator("#details [name=released_on]")).to_have_value("1977")
    expect(page.get_by_label("Catalogue number")).to_have_value("FLD 7")
    expect(page.get_by_label("Everybody, at an hour")).to_be_checked()
    expect(page.get_by_label("Day and hour")).to_have_value(f"{day}T12:00")
    expect(page.get_by_label("On the clocks of")).to_have_value("Asia/Tokyo")
    expect(page.get_by_text("4 tracks become public with it")).to_be_visible()

    title.press("Enter")
    expect(page.get_by_text("Title saved.")).to_be_visible()
    one_more(draft, "Four", "5")
    expect(titles).to_have_count(5)
    expect(page.get_by_label("Day and hour")).to_have_value(f"{day}T12:00")
    page.get_by_role("button", name="Save who can open it").click()
    expect(page.get_by_text("It comes out on").first).to_be_visible()
    draft.refresh_from_db()
    assert draft.release_at
    assert (draft.time_zone, draft.release_at.hour) == ("Asia/Tokyo", 3)


def test_a_page_nobody_writes_in_is_drawn_whole(served: Site, page: Page, draft: Release) -> None:
    page.goto(f"{served.url}/releases/{draft.slug}/edit/")
    expect(page.locator("[data-rename]")).to_have_count(2)
    zone = page.evaluate("document.querySelector('[data-zone]').value")
    one_more(draft, "Nought", "1")
    expect(page.locator("[data-rename]")).to_have_count(3)
    expect(page.locator("#details [name=title]")).to_have_value("Orchard")
    assert page.evaluate("document.querySelector('[data-zone]').value") == zone
    page.get_by_role("button", name="Move down Nought").click()
    until(page, "document.querySelector('[data-item] h3').textContent.trim() === 'One'")
    page.get_by_role("link", name="View release").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Orchard")

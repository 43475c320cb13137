"""Saying who made a piece, by keys alone and by touch, and reading it as a visitor."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.factories.described import credit
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def track(publish: Publish) -> Track:
    return publish(title="Tide", owner__display_name="Owner")


@pytest.fixture
def visitor(chromium_browser: Browser, served: Site) -> Any:
    """The page of somebody without an account."""
    context = chromium_browser.new_context()
    yield context.new_page()
    context.close()


def names(page: Page) -> list[str]:
    fields = page.locator("[name=artist-name]")
    return [field.input_value() for field in fields.all()]


def test_credits_are_edited_by_keyboard_and_read_by_a_visitor(
    served: Site,
    page: Page,
    visitor: Page,
    track: Track,
    sign_in: SignIn,
    complaints: list[str],
) -> None:
    credit(track, "Björk", "writer")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/{track.slug}/credits/")
    page.get_by_role("button", name="Add an artist").focus()
    page.keyboard.press("Enter")
    with page.expect_response(lambda answer: "/api/v1/names/" in answer.url):
        page.keyboard.type("bj")
    expect(page.locator("#artist-names option")).to_have_attribute("value", "Björk")
    page.keyboard.type("ork")
    page.get_by_role("button", name="Add an artist").press("Enter")
    page.keyboard.type("Ada")
    page.get_by_role("button", name="Move this row up").last.press("Enter")
    assert names(page) == ["Ada", "bjork"]
    expect(page.get_by_text("Ada was moved up.")).to_be_attached()
    page.get_by_label("Before the next name").first.fill("feat.")
    page.get_by_role("button", name="Add a credit").press("Enter")
    page.keyboard.type("Cy")
    page.keyboard.press("Tab")
    page.keyboard.type("Mus")
    page.keyboard.press("Tab")
    page.keyboard.type("viola")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()

    visitor.goto(served.url + track.get_absolute_url())
    artists = visitor.locator(".track__artist")
    expect(artists).to_have_text("Ada feat. bjork")
    expect(visitor.get_by_role("link", name=f"@{track.owner.handle}")).to_be_visible()
    expect(visitor.locator(".credits")).to_contain_text("viola")
    assert flaws(visitor) == []
    artists.get_by_role("link", name="bjork").click()
    expect(visitor.get_by_role("heading", name="Björk")).to_be_visible()
    expect(visitor.get_by_role("heading", name="As writer")).to_be_visible()
    assert flaws(visitor) == []
    assert complaints == []


def test_the_editor_stands_well_and_rows_follow_a_finger(
    served: Site, page: Page, track: Track, sign_in: SignIn, complaints: list[str]
) -> None:
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/{track.slug}/credits/")
    page.get_by_text("Write the artists as one line").click()
    page.get_by_label("Such as").fill("Ada feat. Bo & “Earth, Wind & Fire”")
    page.get_by_role("button", name="Read the names").click()
    expect(page.locator("[name=artist-name]")).to_have_count(3)
    assert names(page) == ["Ada", "Bo", "Earth, Wind & Fire"]
    grips = page.locator("credit-rows[data-kind=artist] [data-grip]")
    last, first = grips.last.bounding_box(), grips.first.bounding_box()
    page.mouse.move(last["x"] + 5, last["y"] + 20)
    page.mouse.down()
    page.mouse.move(first["x"] + 5, first["y"] + 10, steps=5)
    page.mouse.up()
    assert names(page) == ["Earth, Wind & Fire", "Ada", "Bo"]
    page.get_by_role("button", name="Take Bo out").click()
    expect(page.get_by_text("Bo was taken out.")).to_be_attached()
    page.get_by_role("button", name="Add a credit").click()
    assert flaws(page) == []
    assert complaints == []

"""What a machine proposes: taken with one press, by keyboard, beside what one is writing."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.factories.assistant import make_run, make_suggestion
from tests.factories.social import StaffFactory
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def track(publish: Publish) -> Track:
    found = publish(title="take_01.wav")
    run = make_run(found)
    make_suggestion(found, "title", "Tide", run=run, came_from=["file"])
    make_suggestion(found, "tags", ["harbour", "nets"], run=run, came_from=["transcript"])
    make_suggestion(found, "language", "en", run=run, came_from=["transcript"])
    return found


def test_what_is_taken_stands_in_the_form_and_in_the_history(
    served: Site, page: Page, track: Track, sign_in: SignIn, complaints: list[str]
) -> None:
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/{track.slug}/edit/")
    expect(page.get_by_role("heading", name="Suggestions")).to_be_visible()
    assert flaws(page) == []
    page.get_by_role("button", name="Take the title").press("Enter")
    expect(page.get_by_role("textbox", name="Title", exact=True).first).to_have_value("Tide")
    page.locator("summary", has_text="Change and take").first.click()
    page.get_by_label("Tags, with commas").fill("harbour, sea")
    assert flaws(page) == []
    page.get_by_role("button", name="Take it so").first.click()
    expect(page.get_by_role("heading", name="Tags", exact=True)).to_have_count(0)
    track.refresh_from_db()
    names = set(track.track_tags.values_list("tag__name", flat=True))
    assert (track.title, names) == ("Tide", {"harbour", "sea"})
    page.goto(f"{served.url}/tracks/{track.slug}/history/")
    expect(page.locator("#main")).to_contain_text("take_01.wav")
    assert complaints == []


def test_what_is_put_aside_takes_nothing_of_what_one_is_writing(
    served: Site, page: Page, track: Track, sign_in: SignIn, complaints: list[str]
) -> None:
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/{track.slug}/edit/")
    page.get_by_label("Description").fill("Half a sentence")
    for kind in ("title", "tags", "language"):
        page.get_by_role("button", name=f"Not this {kind}").click()
        expect(page.get_by_role("button", name=f"Not this {kind}")).to_have_count(0)
    expect(page.get_by_role("heading", name="Suggestions")).to_have_count(0)
    expect(page.get_by_label("Description")).to_have_value("Half a sentence")
    assert complaints == []


def test_models_are_withdrawn_on_pages_that_fit_a_phone(
    served: Site, page: Page, track: Track, sign_in: SignIn, complaints: list[str]
) -> None:
    sign_in(StaffFactory.create())
    page.goto(f"{served.url}/admin/assistant/modelrun/")
    assert flaws(page) == []
    page.get_by_role("link", name="Withdraw extractive").click()
    expect(page.locator("#content-main")).to_contain_text("3 suggestions that wait")
    assert flaws(page) == []
    page.get_by_role("button", name="Withdraw all of it").click()
    expect(page.get_by_text("as soon as a worker is free")).to_be_visible()
    assert complaints == []

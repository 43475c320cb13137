"""What is written, and what comes, appears on open pages; nothing one does there is lost."""

from functools import partial

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import SignIn
from tests.browser.looks import AXE, STANDARDS
from tests.browser.moderation.test_bench import as_person
from tests.browser.page import until
from tests.factories.moderation import (
    make_case,
    make_report,
    moderator,
    write_to,
    write_to_reporter,
)
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import apart
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/admin/moderation/case/"
STAYED = "window.stayed === true"


def come(title: str) -> None:
    make_case(PublicTrackFactory.create(title=title))


def stay(page: Page) -> None:
    page.evaluate("window.stayed = true")


def test_a_talk_goes_on_without_a_reload(
    served: Site, page: Page, chromium_browser: Browser, sign_in: SignIn, complaints: list[str]
) -> None:
    report = make_report(PublicTrackFactory.create(title="Apple cider"))
    visitor = chromium_browser.new_context().new_page()
    visitor.goto(served.url + report.get_absolute_url())
    expect(visitor.get_by_label("Your answer")).to_be_hidden()
    stay(visitor)
    sign_in(moderator())
    page.goto(f"{served.url}{QUEUE}{report.case_id}/change/")
    apart(lambda: write_to_reporter(report, "Where *is* it?"))
    expect(visitor.get_by_text("Where is it?")).to_be_visible()
    visitor.get_by_label("Your answer").type("At 0:42.")
    apart(lambda: write_to_reporter(report, "And in which version?"))
    expect(visitor.get_by_text("And in which version?")).to_be_visible()
    expect(visitor.get_by_label("Your answer")).to_have_value("At 0:42.")
    assert visitor.evaluate(STAYED)
    expect(page.get_by_text("A new message has come to a talk below.")).to_be_visible()
    page.get_by_text("Talk with whoever reported this").click()
    stay(page)
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_text("At 0:42.")).to_be_visible()
    expect(page.get_by_text("At 0:42.")).to_be_visible()
    assert page.evaluate(STAYED)
    visitor.context.close()


def test_the_queue_says_that_cases_came_and_shows_them_by_a_key(
    served: Site, page: Page, sign_in: SignIn, complaints: list[str]
) -> None:
    make_case(PublicTrackFactory.create(title="Apple cider"))
    sign_in(moderator())
    page.goto(served.url + QUEUE)
    link = page.get_by_role("link", name="Apple cider")
    before = link.bounding_box()
    until(page, "document.readyState === 'complete'")
    for title in ("Loud", "Louder"):
        apart(partial(come, title))
    expect(page.get_by_role("link", name="2 new cases: show")).to_be_visible()
    assert link.bounding_box() == before, "nothing has moved"
    page.keyboard.press("n")
    expect(page.get_by_role("link", name="Louder")).to_be_visible()
    expect(page.get_by_role("link", name="new case")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_is_content_with_what_comes(
    served: Site, chromium_browser: Browser, theme: str
) -> None:
    report = make_report(PublicTrackFactory.create())
    talk = write_to(report.case).talk
    write_to_reporter(report)
    context = as_person(chromium_browser, served, moderator())
    page = context.new_page()
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    places = [
        (QUEUE, "#content", "1 new case: show"),
        (talk.get_absolute_url(), "#main", "What is it about?"),
        (report.get_absolute_url(), "#main", "Where is it?"),
    ]
    for address, part, words in places:
        page.goto(served.url + address)
        if address == QUEUE:
            apart(lambda: make_case(PublicTrackFactory.create()))
        expect(page.get_by_text(words)).to_be_visible()
        page.evaluate(f"{AXE}; null")
        found = page.evaluate(f"axe.run('{part}', {{runOnly: {STANDARDS}}})")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    context.close()

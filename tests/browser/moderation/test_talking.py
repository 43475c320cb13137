"""By keyboard alone: a moderator writes with a ready text, is answered, and dismisses a machine."""

import pytest
from playwright.sync_api import Browser, Page, expect

from moderation.desk.services import save_filter
from moderation.models import Message, Reason, Suggestion, Wording
from moderation.suggestions.registry import Found
from moderation.suggestions.services import suggest
from moderation.talks import services as talks
from moderation.things import KINDS
from tests.browser.fixtures import SignIn
from tests.browser.looks import AXE, STANDARDS, flaws
from tests.browser.moderation.test_bench import as_person
from tests.browser.page import until
from tests.factories.moderation import make_report, moderator, write_to, write_to_reporter
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/admin/moderation/case/"


def to_case(page: Page, site: Site, query: str = "") -> None:
    page.goto(f"{site.url}{QUEUE}?{query}")
    until(page, "document.readyState === 'complete'")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Reports")).to_be_visible()
    until(page, "document.readyState === 'complete'")


@pytest.mark.long("three people, one after the other")
def test_a_moderator_writes_is_answered_and_dismisses(
    served: Site, page: Page, sign_in: SignIn, complaints: list[str]
) -> None:
    track, one = PublicTrackFactory.create(title="Apple cider"), moderator()
    make_report(track)
    suggest(KINDS["track"], track, "watched-words", Found(Reason.HATE, "Watched: “grim”"))
    Wording.objects.create(name="Ask", words="Where is “{title}” from?")
    sign_in(one)
    to_case(page, served)
    page.keyboard.press("m")
    page.keyboard.type("Hello. ")
    page.keyboard.press("Shift+Tab")  # the button that inserts
    page.keyboard.press("Enter")
    page.keyboard.type(" Tell us.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Written.")).to_be_visible()
    assert Message.objects.get().words == "Hello. Where is “Apple cider” from? Tell us."
    page.keyboard.press("d")
    expect(page.get_by_text("Dismissed.", exact=True)).to_be_visible()
    assert Suggestion.objects.get().dismissed_by == one
    sign_in(track.owner)
    page.goto(f"{served.url}/me/decisions/")
    page.get_by_role("link", name="Apple cider").click()
    page.get_by_label("Your answer").fill("From a *film*.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("From a film.")).to_be_visible()
    sign_in(one)
    to_case(page, served, "waiting=answers")
    expect(page.get_by_text("From a film.")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("dismiss what a machine suggests")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_is_content_with_what_is_new(
    served: Site, chromium_browser: Browser, theme: str
) -> None:
    track, one = PublicTrackFactory.create(), moderator()
    report = make_report(track)
    talk = write_to(report.case).talk
    talks.answer(talk=talk, words="From a film.")
    write_to_reporter(report)
    save_filter(by=one, name="Mine", query="state=open&whose=mine")
    suggest(KINDS["track"], track, "watched-words", Found(Reason.HATE, "Watched: “grim”"))
    Wording.objects.create(name="Ask", words="Where is “{title}” from?")
    context = as_person(chromium_browser, served, one)
    page = context.new_page()
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    for address in (QUEUE, f"{QUEUE}{report.case_id}/change/", f"{QUEUE}serious-crime/"):
        page.goto(served.url + address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.evaluate(f"{AXE}; null")
        # The frame around it is Django's own.
        found = page.evaluate(f"axe.run('#content', {{runOnly: {STANDARDS}}})")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    context.close()
    for address in (talk.get_absolute_url(), report.get_absolute_url()):
        context = as_person(chromium_browser, served, None)
        assert flaws(context.new_page(), served.url + address) == []
        context.close()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_of_the_desk_is_wider_than_its_window(
    served: Site, chromium_browser: Browser, width: int
) -> None:
    track, one = PublicTrackFactory.create(title="A long name of a song " * 6), moderator()
    report = make_report(track, reason="impersonation")
    save_filter(by=one, name="W" * 40, query="state=open&whose=mine")
    context = as_person(chromium_browser, served, one)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    for address in (QUEUE, f"{QUEUE}{report.case_id}/change/", f"{QUEUE}serious-crime/"):
        page.goto(served.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()

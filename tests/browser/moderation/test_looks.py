"""How the administration stands there, with our skin around it: in every width and both themes."""

import pytest
from playwright.sync_api import Browser, Page, expect

from moderation.appeals import services as appeals
from moderation.cases import services as cases
from moderation.models import Case, Decision, Reason, WatchedWord, Wording
from moderation.strikes import services as strikes
from moderation.suggestions.registry import Found
from moderation.suggestions.services import suggest
from moderation.talks import services as talks
from moderation.things import KINDS
from moderation.verification import services as verification
from moderation.walks.services import walk
from social.models import User
from tests.browser.fixtures import SignIn
from tests.browser.looks import flaws
from tests.browser.moderation.test_bench import as_person
from tests.factories.moderation import (
    decide,
    make_report,
    moderator,
    write_to,
    write_to_reporter,
)
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import apart
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/admin/moderation/"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
# What moderators open, and what only an administrator does.
OPENED = (
    "case/",
    "case/?reason=spam",
    "case/serious-crime/",
    "watchedword/",
    "watchedword/add/",
    "wording/",
    "decision/",
    "report/",
)
ADMINISTERED = (
    "/admin/",
    "/admin/tracks/track/",
    "/admin/social/user/",
    "/admin/media_pipeline/job/",
    "/admin/media_pipeline/retention/",
    "/admin/media_pipeline/sealedentry/",
)


@pytest.fixture
def full(served: Site) -> Case:
    """A case with all that can stand in one, about somebody with a name that breaks nowhere."""
    owner = UserFactory.create(display_name=LONG)
    track = PublicTrackFactory.create(owner=owner, title=f"{LONG} in E flat")
    other = PublicTrackFactory.create(owner=owner, title="أغنية الليل")
    made = decide(other, "warn")
    strikes.give(decision=made, by=moderator())
    report = make_report(track, at_ms=42_000, words=f"https://example.org/{'a' * 120}")
    decided = decide(track, "hide", case=report.case)
    appeals.appeal(decision=decided, text="It quotes.")
    talks.answer(talk=write_to(report.case).talk, words="From a film.")
    talks.answer(talk=write_to_reporter(report).talk, words="At the end.")
    suggest(KINDS["track"], track, "watched-words", Found(Reason.HATE, "Watched: “grim”"))
    cases.write(case=report.case, by=moderator(), words="Is it a quotation?")
    verification.begin(person=owner, method="hand", subject=LONG, words="Call me.")
    WatchedWord.objects.create(phrase=LONG)
    Wording.objects.create(name="Ask", words="Where is “{title}” from?")
    apart(lambda: walk(case=report.case, decision=decided))
    return report.case


def flaws_for(browser: Browser, site: Site, person: User, address: str) -> list[str]:
    """Return what is wrong with a page that somebody opens."""
    context = as_person(browser, site, person)
    found = flaws(context.new_page(), site.url + address, widths=(360, 1440))
    context.close()
    return found


@pytest.mark.parametrize("path", OPENED)
def test_pages_of_moderators_have_no_flaw(
    served: Site, chromium_browser: Browser, full: Case, path: str
) -> None:
    assert flaws_for(chromium_browser, served, moderator(), DESK + path) == []


def test_nor_has_a_case_with_all_that_can_stand_in_it(
    served: Site, chromium_browser: Browser, full: Case
) -> None:
    address = f"{DESK}case/{full.pk}/change/"
    assert flaws_for(chromium_browser, served, moderator(), address) == []


@pytest.mark.parametrize("address", ADMINISTERED)
def test_nor_have_pages_of_administrators(
    served: Site, chromium_browser: Browser, address: str
) -> None:
    PublicTrackFactory.create(owner=UserFactory.create(display_name=LONG), title=LONG)
    assert flaws_for(chromium_browser, served, StaffFactory.create(), address) == []


def test_a_return_in_a_line_only_asks_what_it_would_close(
    served: Site, page: Page, sign_in: SignIn, complaints: list[str]
) -> None:
    case = make_report(PublicTrackFactory.create()).case
    sign_in(moderator())
    page.goto(f"{served.url}{DESK}case/{case.pk}/change/")
    page.get_by_label("What you found").fill("At 0:42 it calls for violence.")
    page.get_by_label("Decision", exact=True).select_option("hide")
    page.get_by_label("Which clause").press("Enter")
    expect(page.locator(".desk__simulated")).to_be_focused()
    expect(page.locator(".desk__simulated")).to_contain_text("This closes 1 piece")
    assert not Decision.objects.exists()


def test_where_a_decision_is_wrong_the_cursor_stands_beside_the_reason(
    served: Site, page: Page, sign_in: SignIn, complaints: list[str]
) -> None:
    case = make_report(PublicTrackFactory.create()).case
    sign_in(moderator())
    page.goto(f"{served.url}{DESK}case/{case.pk}/change/")
    page.get_by_role("button", name="Decide", exact=True).click()
    field = page.get_by_label("What you found")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("This field is required.")


def test_a_moment_alone_is_asked_when_it_begins(
    served: Site, page: Page, sign_in: SignIn, complaints: list[str]
) -> None:
    case = make_report(PublicTrackFactory.create(title="Apple cider")).case
    sign_in(moderator())
    page.goto(f"{served.url}{DESK}case/{case.pk}/change/")
    begins = page.get_by_label("The moment begins")
    expect(begins).to_be_hidden()
    page.get_by_label("About", exact=True).select_option(label="moment: Apple cider, v1")
    expect(begins).to_be_visible()


def test_what_is_decided_stays_in_sight_beside_what_is_read(
    served: Site, page: Page, sign_in: SignIn, full: Case
) -> None:
    sign_in(moderator())
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{served.url}{DESK}case/{full.pk}/change/")
    page.get_by_role("heading", name="Where a visitor finds it").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Decide", exact=True)).to_be_in_viewport()


def test_nothing_moves_for_whom_motion_is_too_much(
    served: Site, page: Page, sign_in: SignIn
) -> None:
    sign_in(moderator())
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{served.url}{DESK}case/")
    slow = """[...document.querySelectorAll("*")].filter((one) =>
      Number.parseFloat(getComputedStyle(one).transitionDuration) > 0.01).length"""
    assert page.evaluate(slow) == 0

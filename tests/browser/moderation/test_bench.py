"""A visitor reports a moment; a moderator hears it and hides the version; its owner appeals."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from moderation.models import Case, Decision, Report, Walk
from moderation.walks.services import walk
from social.models import User
from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import AXE, STANDARDS, flaws
from tests.browser.page import until
from tests.factories.moderation import decide, make_report, moderator
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import apart
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


def report_a_moment(page: Page, site: Site, track: Track) -> None:
    page.goto(site.url + track.get_absolute_url())
    page.get_by_role("button", name=f"More for {track.title}").click()
    page.locator("#track-menu").get_by_role("link", name="Report").click()
    page.get_by_label("Hate against a group of people").check()
    page.get_by_label("At which moment").fill("0:12")
    page.get_by_label("In your words").fill("Listen to what is said here.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report")
    expect(page.get_by_text("We have your report.")).to_be_visible()


def decide_by_keys(page: Page, site: Site) -> None:
    """Walk to the case, hear it, take it, ask what would close, and hide the version."""
    page.goto(f"{site.url}/admin/moderation/case/")
    expect(page.get_by_role("link", name="Apple cider")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()  # it hands the focus back as it closes
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Listen to what is said here.")).to_be_visible()
    until(page, "document.readyState === 'complete'")
    page.keyboard.press("p")
    until(page, "document.querySelector('audio').currentTime > 7.2")
    assert page.evaluate("document.querySelector('audio').currentTime") < 12
    page.keyboard.press("p")
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="Give it back")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("At 0:42 it calls for violence.")
    page.get_by_role("combobox", name="About").select_option(label="version: Apple cider, v1")
    page.get_by_role("button", name="What would this close?").click()
    expect(page.get_by_text("This closes 1 piece, 1 version")).to_be_visible()
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("Decided.")).to_be_visible()


def appeal(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/me/decisions/")
    expect(page.get_by_text("At 0:42 it calls for violence.")).to_be_visible()
    page.get_by_role("link", name="Appeal").click()
    page.get_by_label("Why it is wrong").fill("It quotes somebody.")
    page.get_by_role("button", name="Appeal").click()
    expect(page.get_by_text("A person looks at it and answers you here.").first).to_be_visible()


def answer(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/admin/moderation/case/?waiting=appeals")
    expect(page.get_by_role("link", name="Apple cider")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_label("Your answer").fill("You are right: it quotes.")
    page.get_by_role("button", name="Undo the decision").click()
    expect(page.get_by_text("Answered.", exact=True)).to_be_visible()


@pytest.mark.long("the whole way: four people, one after the other, and real music")
def test_from_a_report_to_its_appeal(
    served: Site,
    page: Page,
    browser_context: BrowserContext,
    publish: Publish,
    sign_in: SignIn,
    complaints: list[str],
) -> None:
    track = publish(title="Apple cider", extras=True)
    one, other = moderator(), moderator()
    report_a_moment(page, served, track)
    standing = page.url
    assert Report.objects.get().at_ms == 12_000
    apart(lambda: walk(case=Case.objects.get()))
    sign_in(one)
    decide_by_keys(page, served)
    made = Decision.objects.get()
    assert made.scope == "version"
    apart(lambda: walk(case=Case.objects.get(), decision=made))
    assert Client().get(track.get_absolute_url()).status_code == 404
    assert {shown["shown"] for shown in Walk.objects.latest("pk").surfaces} == {False}
    sign_in(track.owner)
    appeal(page, served)
    sign_in(other)
    answer(page, served)
    browser_context.clear_cookies()
    page.goto(standing)
    expect(page.get_by_text("it is open again")).to_be_visible()
    page.goto(served.url + track.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Apple cider")


def as_person(browser: Browser, site: Site, user: User | None) -> BrowserContext:
    """Return a context of this person, in which axe may run."""
    context = browser.new_context(bypass_csp=True)
    if user:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        value = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": site.url}])
    return context


def test_the_key_that_restricts_takes_what_is_offered(
    served: Site, page: Page, sign_in: SignIn
) -> None:
    track = PublicTrackFactory.create()
    cases = {"limit": make_report(track.owner, "person").case, "hide": make_report(track).case}
    sign_in(moderator())
    for kind, case in cases.items():
        page.goto(f"{served.url}/admin/moderation/case/{case.pk}/change/")
        until(page, "document.readyState === 'complete'")
        page.keyboard.press("r")
        expect(page.get_by_label("What you found")).to_be_focused()
        expect(page.locator("#id_kind")).to_have_value(kind)


def test_no_page_of_people_has_a_flaw(served: Site, chromium_browser: Browser) -> None:
    track = PublicTrackFactory.create()
    report = make_report(track, at_ms=42_000)
    made = decide(track, "hide")
    other = PublicTrackFactory.create()
    pages = [
        (None, f"/report/?about=track:{other.pk}"),
        (None, report.get_absolute_url()),
        (None, made.get_absolute_url()),
        (track.owner, "/me/decisions/"),
    ]
    found = []
    for person, address in pages:
        context = as_person(chromium_browser, served, person)
        found += flaws(context.new_page(), served.url + address)
        context.close()
    assert found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_is_content_with_the_desk(served: Site, chromium_browser: Browser, theme: str) -> None:
    track = PublicTrackFactory.create()
    decide(track, "warn")
    case = make_report(track, at_ms=42_000).case
    apart(lambda: walk(case=case))
    context = as_person(chromium_browser, served, moderator())
    page = context.new_page()
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    for address in ("/admin/moderation/case/", f"/admin/moderation/case/{case.pk}/change/"):
        page.goto(served.url + address)
        page.evaluate(f"{AXE}; null")
        # The frame around it is Django's own.
        found = page.evaluate(f"axe.run('#content', {{runOnly: {STANDARDS}}})")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
        assert found["passes"]
    context.close()

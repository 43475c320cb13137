"""The first operator comes in, enrols, and judges: by keyboard alone, from the first sign-in on."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from config.management.commands.up import first_administrator
from media_pipeline.sealing import services as sealing
from moderation.alone.rules import MARK
from moderation.models import Decision
from tests.browser.fixtures import SignIn
from tests.browser.looks import AXE, STANDARDS, flaws
from tests.browser.moderation.test_bench import as_person
from tests.factories.moderation import make_report, moderator
from tests.factories.social import PASSWORD, StaffFactory, code_now, stale
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def type_into(page: Page, name: str, words: str) -> None:
    page.locator(f"[name={name}]").focus()
    page.keyboard.type(words)


def sign_in_by_keys(page: Page, site: Site, handle: str, password: str) -> None:
    page.goto(f"{site.url}/accounts/login/?next=/admin/")
    type_into(page, "login", handle)
    type_into(page, "password", password)
    page.keyboard.press("Enter")


def enrol_by_keys(page: Page, password: str) -> str:
    """Say the password once more, take the key, show the first code; return the key."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    type_into(page, "password", password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Switch the second factor on")
    secret = page.locator("#authenticator_secret").input_value()
    type_into(page, "code", code_now(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.get_by_role("list", name="Codes").get_by_role("listitem")).to_have_count(10)
    return secret


@pytest.mark.long("the whole way of a first operator, page by page")
def test_from_the_first_sign_in_to_a_removal(
    served: Site, page: Page, complaints: list[str]
) -> None:
    password = first_administrator()
    assert password
    track = PublicTrackFactory.create(title="Apple cider")
    make_report(track, words="Listen to what is said here.")
    sign_in_by_keys(page, served, "admin", password)
    secret = enrol_by_keys(page, password)
    page.get_by_role("link", name="Go on to the administration").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()
    page.get_by_role("link", name="Cases", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Apple cider")).to_be_visible()
    page.wait_for_load_state("load")  # the keys are there once the scripts are
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Listen to what is said here.")).to_be_visible()
    page.wait_for_load_state("load")
    page.keyboard.press("r")
    page.keyboard.type("At 0:42 it calls for violence.")
    page.locator("#id_kind").focus()
    page.keyboard.type("Rem")
    page.get_by_role("button", name="Decide", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    assert not Decision.objects.exists()
    type_into(page, "code", code_now(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Decided.")).to_be_visible()
    made = Decision.objects.get()
    assert (made.kind, made.facts) == ("remove", "At 0:42 it calls for violence.")


def test_the_page_where_it_begins_has_no_flaw(served: Site, chromium_browser: Browser) -> None:
    boss = StaffFactory.create(enrolled=False)
    context = chromium_browser.new_context(bypass_csp=True)
    page = context.new_page()
    sign_in_by_keys(page, served, boss.handle, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    type_into(page, "password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Switch the second factor on")
    assert flaws(page, page.url) == []
    context.close()


def test_nor_has_the_page_that_tells_of_marks(served: Site, chromium_browser: Browser) -> None:
    sealing.append(kind=MARK, actor="1", subject="moderation.case:1", rule="own-content")
    context = as_person(chromium_browser, served, None)
    assert flaws(context.new_page(), f"{served.url}/transparency/") == []
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_is_content_with_the_sealed_log(
    served: Site, chromium_browser: Browser, theme: str
) -> None:
    by = moderator()
    client = stale(by)
    case = make_report(PublicTrackFactory.create()).case
    client.post(f"/admin/moderation/case/{case.pk}/assign/")
    context = as_person(chromium_browser, served, by)
    page = context.new_page()
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto(f"{served.url}/admin/media_pipeline/sealedentry/")
    expect(page.get_by_role("rowheader", name="case.assigned")).to_be_visible()
    page.evaluate(f"{AXE}; null")
    found = page.evaluate(f"axe.run('#content', {{runOnly: {STANDARDS}}})")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    context.close()


def test_whoever_signed_in_long_ago_shows_the_code_and_loses_no_word(
    served: Site, page: Page, sign_in: SignIn
) -> None:
    """Beside the desk: the list of pieces, with an action of Django's own."""
    boss, track = StaffFactory.create(), PublicTrackFactory.create(deleted_at=timezone.now())
    cookie = stale(boss).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": served.url}])
    page.goto(f"{served.url}/admin/tracks/track/?q={track.slug}")
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_label("Action:").select_option("bring_back")
    page.get_by_role("button", name="Go").click()
    type_into(page, "code", code_now())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Brought back: 1.")).to_be_visible()
    assert "?q=" in page.url

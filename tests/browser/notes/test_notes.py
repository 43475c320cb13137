"""Notes on the waveform in real browsers: written, seen live by others, by keyboard, by axe."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from social.models import Notification, Resolution, User
from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.browser.page import until
from tests.factories.notes import NoteFactory
from tests.factories.social import UserFactory
from tests.jobs import apart, read_events
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)
LIVE_SECONDS = 1.0


def write(page: Page, words: str) -> None:
    """Write a note and send it by keyboard."""
    page.get_by_label("Your note").fill(words)
    page.get_by_label("Your note").press("Control+Enter")


def opened(browser: Browser, served: Site, user: User | None, path: str, **options: object) -> Page:
    """Return a page of another person's own browser."""
    from django.conf import settings
    from django.test import Client

    context = browser.new_context(**options)  # type: ignore[arg-type]
    if user:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        value = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": served.url}])
    page = context.new_page()
    page.goto(served.url + path)
    expect(page.locator("[data-notes]")).to_be_attached()
    return page


def test_a_note_appears_in_other_browsers(
    served: Site,
    page: Page,
    publish: Publish,
    sign_in: SignIn,
    chromium_browser: Browser,
    complaints: list[str],
) -> None:
    track = publish()
    sign_in(UserFactory.create(display_name="Ada Lovelace"))
    page.goto(served.url + track.get_absolute_url())
    other = opened(chromium_browser, served, track.owner, track.get_absolute_url())
    visitor = opened(chromium_browser, served, None, track.get_absolute_url())
    expect(page.get_by_text("Nothing here yet.")).to_be_visible()
    other.wait_for_timeout(500)
    page.get_by_role("button", name="Write a note").click()
    page.get_by_role("textbox", name="At", exact=True).fill("0:12.5")
    page.get_by_label("Your note").fill("The **bass** comes in late.")
    page.get_by_label("Your note").press("Control+Enter")
    for watching in (other, visitor):
        watching.get_by_text("comes in late").wait_for(timeout=5000)
    expect(page.locator("[data-note]")).to_have_attribute("data-at-ms", "12500")
    expect(other.locator("[data-note] strong")).to_have_text("bass")
    apart(read_events)
    expect(other.locator("notification-badge [aria-hidden]")).to_have_text("1")
    expect(visitor.get_by_role("link", name="Sign in").last).to_be_visible()
    other.get_by_role("button", name="Resolve", exact=True).click()
    expect(page.get_by_text(re.compile("Resolved by"))).to_be_visible()
    apart(read_events)
    expect(page.locator("notification-badge [aria-hidden]")).to_have_text("1")


@pytest.mark.measured
def test_it_does_so_within_a_second(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, chromium_browser: Browser
) -> None:
    track = publish()
    sign_in(UserFactory.create())
    page.goto(served.url + track.get_absolute_url())
    visitor = opened(chromium_browser, served, None, track.get_absolute_url())
    page.get_by_role("button", name="Write a note").click()
    assert min(delay(page, visitor, f"Take {n}.") for n in range(3)) < LIVE_SECONDS


def delay(writer: Page, reader: Page, words: str) -> float:
    """Return the seconds from sending a note to its being read in another browser."""
    writer.get_by_label("Your note").fill(words)
    begun = time.monotonic()
    writer.get_by_label("Your note").press("Control+Enter")
    reader.get_by_text(words).wait_for(timeout=5000)
    return time.monotonic() - begun


def test_a_room_is_run_by_keyboard_alone(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, complaints: list[str]
) -> None:
    track = publish()
    note = NoteFactory.create(version=track.primary_version, at_ms=9000)
    sign_in(track.owner)
    page.goto(served.url + track.get_absolute_url() + f"#note-{note.pk}")
    thread = page.locator(f"#note-{note.pk}")
    expect(thread).to_be_focused()
    press_until(page, "Tab", "Assign to")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    press_until(page, "Tab", "Save")
    page.keyboard.press("Enter")
    expect(thread.get_by_text(f"Assigned to {track.owner.name}")).to_be_visible()
    press_until(page, "Tab", "Reply")
    page.keyboard.press("Enter")
    page.keyboard.type("K, at the **drop**. m")
    assert page.evaluate("document.querySelector('audio-player').hidden"), "no key was taken"
    page.keyboard.press("Control+Enter")
    expect(thread.locator("strong", has_text="drop")).to_be_visible()
    expect(thread.get_by_role("link", name="Reply")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(thread.locator("textarea")).to_have_count(0)
    thread.get_by_role("button", name="Delete").first.focus()
    page.keyboard.press("Enter")
    expect(thread.get_by_role("button", name="Delete it?")).to_be_focused()
    page.keyboard.press("Enter")
    expect(thread.get_by_text("This note was deleted.")).to_be_visible()
    expect(thread.locator("strong", has_text="drop")).to_be_visible()


def press_until(page: Page, key: str, name: str, most: int = 25) -> None:
    """Press a key until what has the focus is called so."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.textContent").strip() == name:
            return
    raise AssertionError(f"{name} was not reached")


def test_a_note_follows_the_playhead_until_one_types(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, complaints: list[str]
) -> None:
    track = publish()
    note = NoteFactory.create(version=track.primary_version, at_ms=9000)
    sign_in(UserFactory.create())
    page.goto(served.url + track.get_absolute_url())
    at = page.get_by_role("textbox", name="At", exact=True)
    expect(at).to_have_value("0:00.0")
    page.locator(f"#note-{note.pk} [data-seek]").click()
    expect(page.locator(f"#note-{note.pk}")).to_have_attribute("aria-current", "true")
    expect(at).to_have_value(re.compile(r"0:(09|1\d)\.\d"))
    page.get_by_label("Your note").press_sequentially("Here")
    held = at.input_value()
    page.wait_for_timeout(700)
    assert at.input_value() == held
    page.evaluate(
        """document.dispatchEvent(
            new CustomEvent("wave:range", { detail: { from: 12.34, to: 15.5 } }))"""
    )
    expect(at).to_have_value("0:12.3")
    expect(page.get_by_role("textbox", name="until")).to_have_value("0:15.5")
    page.get_by_role("button", name="Write").click()
    made = page.locator("[data-note]", has_text="Here")
    expect(made).to_have_attribute("data-at-ms", "12300")
    expect(made).to_have_attribute("data-until-ms", "15500")
    expect(page.locator("[data-count]")).to_have_text("2")
    marker = re.compile("^Note by .* from 0:12 to 0:15")
    expect(page.get_by_role("button", name=marker)).to_be_visible()


def test_what_comes_live_disturbs_nobody_who_writes(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, chromium_browser: Browser
) -> None:
    track = publish()
    note = NoteFactory.create(version=track.primary_version, at_ms=9000)
    sign_in(track.owner)
    page.goto(served.url + track.get_absolute_url())
    fan = opened(chromium_browser, served, note.user, track.get_absolute_url())
    thread = page.locator(f"#note-{note.pk}")
    thread.get_by_role("link", name="Reply").click()
    page.keyboard.type("I am writing")
    theirs = fan.locator(f"#note-{note.pk}")
    theirs.get_by_role("link", name="Reply").click()
    fan.keyboard.type("Me too")
    fan.keyboard.press("Control+Enter")
    write(fan, "And a note before it.")
    expect(thread.get_by_text("Me too")).to_be_visible()
    expect(page.locator("[data-count]")).to_have_text("2")
    expect(thread.locator("textarea")).to_be_focused()
    expect(thread.locator("textarea")).to_have_value("I am writing")
    page.get_by_label("Which notes").select_option("resolved")
    expect(page.get_by_text("No note fits.")).to_be_visible()
    fan.locator(f"#note-{note.pk}").get_by_role("button", name="Resolve", exact=True).click()
    expect(page.locator(f"#note-{note.pk}")).to_be_visible()


def test_a_room_that_was_cut_off_catches_up(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish()
    page.add_init_script(
        """const Real = WebSocket; window.sockets = [];
        window.WebSocket = class extends Real {
          constructor(...all) { super(...all); window.sockets.push(this); }
        };"""
    )
    page.goto(served.url + track.get_absolute_url())
    expect(page.locator("[data-count]")).to_have_text("0")
    until(page, "sockets.some((each) => each.readyState === 1)")
    # Nobody announces a row that a factory makes; made first, it is there whenever they come back.
    NoteFactory.create(version=track.primary_version, body_md="Missed meanwhile.")
    page.evaluate("sockets.filter((each) => each.readyState === 1).forEach((each) => each.close())")
    expect(page.get_by_text("Missed meanwhile.")).to_be_visible()


def test_a_room_works_without_scripts(
    served: Site, publish: Publish, chromium_browser: Browser
) -> None:
    track, fan = publish(), UserFactory.create()
    address = f"/tracks/{track.pk}/notes/"
    page = opened(chromium_browser, served, fan, address, java_script_enabled=False)
    page.get_by_role("textbox", name="At", exact=True).fill("soon")
    page.get_by_label("Your note").fill("Slow.")
    page.get_by_role("button", name="Write").click()
    expect(page.get_by_text("Write a moment like 1:02")).to_be_visible()
    expect(page.get_by_label("Your note")).to_have_value("Slow.")
    page.get_by_role("textbox", name="At", exact=True).fill("0:05")
    page.get_by_role("button", name="Write").click()
    page.get_by_role("link", name="Change").click()
    page.get_by_label("Your words").last.fill("Too slow.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Too slow.")).to_be_visible()
    page.get_by_role("button", name="Resolve", exact=True).click()
    expect(page.get_by_text(re.compile("Resolved by"))).to_be_visible()


@pytest.mark.parametrize("where", ["reply", "note", "notes", "notifications"])
def test_notes_and_notifications_are_accessible(
    served: Site, publish: Publish, chromium_browser: Browser, where: str
) -> None:
    track = publish()
    note = NoteFactory.create(version=track.primary_version, body_md="w" * 300)
    NoteFactory.create(version=track.primary_version, parent=note, user=track.owner)
    NoteFactory.create(version=track.primary_version, at_ms=20_000, until_ms=25_000)
    Resolution.objects.create(note=note, by=track.owner)
    row = {"actor_name": "Ada", "track": track, "note": note}
    Notification.objects.create(user=track.owner, kind="noted", **row)
    view = {"viewport": {"width": 320, "height": 800}, "bypass_csp": True}
    page = opened(chromium_browser, served, track.owner, track.get_absolute_url(), **view)
    page.locator(".note-entry").first.hover()
    page.locator("[data-action=reply]").first.click()
    page.wait_for_load_state("networkidle")
    paths = {"note": f"/notes/{note.pk}/", "notes": f"/tracks/{track.pk}/notes/"}
    paths |= {"notifications": "/notifications/"}
    address = served.url + paths[where] if where in paths else ""
    assert flaws(page, address, widths=(320, 1440)) == []

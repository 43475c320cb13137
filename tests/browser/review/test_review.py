"""Reviewing without an account: a link lets one listen and write, and its end ends all of it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from social.models import Note, ReviewGuest, ReviewLink
from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.browser.playback.test_player import plays_on
from tests.factories.social import UserFactory
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def track(publish: Publish) -> Track:
    """A private piece that plays."""
    return publish(title="Unheard", visibility="private", published_at=None)


@pytest.fixture
def visitor(chromium_browser: Browser, served: Site) -> Any:
    """The page of somebody without an account, in a browser of their own."""
    context = chromium_browser.new_context()
    yield context.new_page()
    context.close()


def make_link(page: Page, served: Site, track: Track, **given: str) -> str:
    """Make a link at the owner's desk; return its address."""
    page.goto(f"{served.url}/tracks/{track.slug}/review/")
    form = page.locator("form", has=page.get_by_role("button", name="Make the link"))
    for label, words in given.items():
        form.get_by_label(label.capitalize()).fill(words)
    form.get_by_role("button", name="Make the link").click()
    expect(page.get_by_text("Here is the link.")).to_be_visible()
    return page.locator("copy-text input").first.input_value()


def listen(page: Page, track: Track) -> None:
    """Press play and hear it."""
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)


def test_a_guest_listens_and_writes_and_the_owner_sees_it_live(
    served: Site,
    page: Page,
    visitor: Page,
    track: Track,
    sign_in: SignIn,
    complaints: list[str],
) -> None:
    sign_in(track.owner)
    address = make_link(page, served, track, **{"For whom": "Ana"})
    page.goto(served.url + track.get_absolute_url())
    expect(page.locator("[data-notes]")).to_be_attached()

    visitor.goto(address)
    listen(visitor, track)
    visitor.get_by_label("Your name").fill("Ana B.")
    visitor.get_by_role("button", name="Write notes").click()
    expect(visitor.get_by_text("You write as Ana B.")).to_be_visible()
    plays_on(visitor)
    visitor.get_by_role("textbox", name="At", exact=True).fill("0:02")
    visitor.get_by_label("Your note").fill("More air here, please.")
    visitor.get_by_label("Your note").press("Control+Enter")

    expect(page.get_by_text("More air here, please.")).to_be_visible()
    expect(page.get_by_role("article", name="Note by Ana B.")).to_contain_text("guest")
    note = Note.objects.get()
    assert note.guest.name == "Ana B."
    assert note.user is None

    page.goto(f"{served.url}/tracks/{track.slug}/review/")
    expect(page.get_by_text("1 play")).to_be_visible()
    expect(page.get_by_text("Ana B. 1 note")).to_be_visible()
    visitor.reload()
    visitor.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(visitor)
    assert ReviewLink.objects.get().plays == 1, "a reload is the same listening"


def test_a_password_stands_before_the_piece(
    served: Site, page: Page, visitor: Page, track: Track, sign_in: SignIn
) -> None:
    sign_in(track.owner)
    address = make_link(page, served, track, password="two words")
    visitor.goto(address)
    assert track.title not in visitor.content()
    visitor.get_by_label("Password").fill("wrong")
    visitor.get_by_role("button", name="Open").click()
    expect(visitor.get_by_text("That is not the password of this link.")).to_be_visible()
    visitor.get_by_label("Password").fill("two words")
    visitor.get_by_role("button", name="Open").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(track.title)
    listen(visitor, track)


def test_revoking_cuts_off_who_is_listening(
    served: Site, page: Page, visitor: Page, track: Track, sign_in: SignIn
) -> None:
    sign_in(track.owner)
    visitor.goto(make_link(page, served, track))
    listen(visitor, track)
    expect(visitor.locator("[data-notes]")).to_be_attached()
    sound = visitor.evaluate(
        "JSON.parse(document.getElementById('player-data').textContent).hls_url"
    )
    page.reload()
    page.get_by_role("button", name=re.compile("Revoke")).click()
    expect(page.get_by_text("The link opens nothing any more.")).to_be_visible()
    assert visitor.request.get(served.url + sound).status in {403, 404, 410}
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("This link has ended")


def test_the_owner_removes_a_guest_with_what_they_wrote(
    served: Site, page: Page, visitor: Page, track: Track, sign_in: SignIn
) -> None:
    sign_in(track.owner)
    visitor.goto(make_link(page, served, track))
    visitor.get_by_label("Your name").fill("Troll")
    visitor.get_by_role("button", name="Write notes").click()
    visitor.get_by_role("textbox", name="At", exact=True).fill("0:01")
    visitor.get_by_label("Your note").fill("Buy my beats")
    visitor.get_by_label("Your note").press("Control+Enter")
    expect(visitor.locator("[data-note]")).to_contain_text("Buy my beats")
    page.reload()
    page.locator("summary", has_text="Remove Troll").click()
    page.get_by_role("button", name="And the notes").click()
    expect(page.get_by_text("Troll can write no more. One note was removed.")).to_be_visible()
    expect(visitor.get_by_text("Buy my beats")).to_be_hidden()
    visitor.reload()
    expect(visitor.get_by_role("textbox", name="At", exact=True)).to_have_count(0)
    assert ReviewGuest.objects.get().removed_at


def test_a_piece_is_signed_off_while_it_plays(
    served: Site, page: Page, track: Track, sign_in: SignIn, complaints: list[str]
) -> None:
    ana = UserFactory.create(handle="ana", display_name="Ana")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/{track.slug}/review/")
    approvers = page.locator("section", has=page.get_by_role("heading", name="Sign-off"))
    approvers.get_by_label("Name on this site").fill("ana")
    approvers.get_by_role("button", name="Ask to sign").click()
    expect(page.get_by_text("Ana is asked to sign this piece.")).to_be_visible()
    sign_in(ana)
    page.goto(served.url + track.get_absolute_url())
    listen(page, track)
    page.get_by_role("button", name="Sign off the draft").click()
    here = page.locator(".sign-off__stage[aria-current]")
    expect(here).to_have_text("Mix")
    plays_on(page)


@pytest.mark.parametrize("whose", ["guest", "owner"])
def test_the_review_pages_fit_and_are_accessible(
    served: Site, chromium_browser: Browser, track: Track, whose: str
) -> None:
    from tests.browser.test_pages_look import _sign_in
    from tests.factories.review import ReviewGuestFactory, ReviewLinkFactory

    link = ReviewLinkFactory.create(track=track, recipient="Ana at the label")
    ReviewGuestFactory.create(link=link)
    ended = ReviewLinkFactory.create(track=track, revoked_at=link.created_at)
    locked = ReviewLinkFactory.create(track=track, password="x")
    context = chromium_browser.new_context(bypass_csp=True)
    page, found = context.new_page(), []
    paths = [f"/r/{each.token}/" for each in (link, ended, locked)]
    if whose == "owner":
        _sign_in(context, served, track.owner)
        paths = [f"/tracks/{track.slug}/review/", f"/tracks/{track.slug}/"]
    for path in paths:
        found += flaws(page, served.url + path)
    context.close()
    assert found == []

"""Small things on the way through player and review room that people stumbled over."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from social.notes.services import notes
from social.signoff import services as signoff
from tests.browser.fixtures import Publish, SignIn
from tests.browser.playback.test_player import plays_on, until
from tests.browser.queue.test_queue import TITLE, opened, shows
from tests.browser.review.test_review import make_link
from tests.factories.social import UserFactory
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(publish: Publish) -> tuple[Track, Track]:
    """Two public pieces of one artist."""
    first = publish(title="First")
    return first, publish(title="Second", owner=first.owner)


def play(page: Page, site: Site, track: Track) -> None:
    page.goto(site.url + track.get_absolute_url())
    page.get_by_role("main").get_by_role("button", name=f"Play {track.title}").click()
    until(page, f"{TITLE} === {track.title!r}")
    plays_on(page)


def test_the_cinema_shows_the_piece_whose_button_was_pressed(
    served: Site, page: Page, pair: tuple[Track, Track], complaints: list[str]
) -> None:
    first = pair[0]
    play(page, served, first)
    page.get_by_role("link", name=first.owner.name).first.click()
    page.get_by_role("link", name="Second").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second")
    page.get_by_role("button", name="More for Second").click()
    page.get_by_role("main").get_by_role("button", name="Cinema").click()
    cinema = page.get_by_role("region", name="Cinema")
    expect(cinema.locator("[data-part=title]")).to_have_text("Second")
    until(page, f"{TITLE} === 'Second'")
    plays_on(page)


def test_what_waits_in_the_queue_is_gone_to_and_not_put_there_twice(
    served: Site, page: Page, pair: tuple[Track, Track], complaints: list[str]
) -> None:
    first, _ = pair
    page.goto(served.url)
    page.get_by_role("button", name="Play all").click()
    until(page, f"{TITLE} === 'Second'")
    page.get_by_role("link", name="First").first.click()
    page.get_by_role("main").get_by_role("button", name="Play First").click()
    until(page, f"{TITLE} === 'First'")
    opened(page)
    shows(page, "Second", "First")
    assert first.title == "First"


def test_after_a_click_the_waveform_has_its_keys(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish()
    play(page, served, track)
    wave = page.locator("wave-form[data-drawn] .wave__view")
    box: Any = wave.bounding_box()
    wave.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page.locator(".wave__slider")).to_be_focused()
    page.keyboard.press("Home")
    until(page, "document.querySelector('.wave__slider').ariaValueNow < 4000")


@pytest.mark.parametrize("width", [500, 700, 890])
def test_between_a_phone_and_a_desk_nothing_of_the_player_is_missing(
    served: Site, page: Page, publish: Publish, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    play(page, served, publish())
    bar = page.get_by_role("region", name="Player")
    for name in ("Previous", "Next", "Sound settings"):
        expect(bar.get_by_role("button", name=name)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_marks_at_the_ends_of_the_waveform_are_whole(
    served: Site, page: Page, publish: Publish
) -> None:
    track = publish()
    version: Any = track.primary_version
    for at in (0, version.media.asset.facts.duration_ms):
        notes.write(version=version, author=track.owner, body_md="Here.", at_ms=at)
    page.goto(served.url + track.get_absolute_url())
    discs = page.locator(".wave__note")
    expect(discs).to_have_count(2)
    whole: Any = page.locator(".wave__view").bounding_box()
    for disc in discs.all():
        box: Any = disc.bounding_box()
        assert box["x"] >= whole["x"] - 1
        assert box["x"] + box["width"] <= whole["x"] + whole["width"] + 1
    for label in page.locator(".wave__tick:visible").all():
        box = label.bounding_box()
        assert box["x"] + box["width"] <= whole["x"] + whole["width"] + 1


def test_a_sign_off_is_seen_by_whoever_looks(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, chromium_browser: Browser
) -> None:
    track = publish()
    ana = UserFactory.create(handle="ana", display_name="Ana")
    signoff.name_approver(track=track, by=track.owner, user=ana)
    sign_in(track.owner)
    page.goto(served.url + track.get_absolute_url())
    section = page.locator("#sign-off")
    expect(section).to_contain_text("not yet")
    expect(page.locator("[data-notes]")).to_be_attached()
    cookies = page.context.cookies()
    sign_in(ana)
    theirs = chromium_browser.new_context()
    theirs.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    other = theirs.new_page()
    other.goto(served.url + track.get_absolute_url())
    other.get_by_role("button", name="Sign off the").click()
    expect(section).to_contain_text("Draft: done", timeout=10_000)
    theirs.close()


def test_an_expired_form_says_one_thing(served: Site, page: Page, sign_in: SignIn) -> None:
    sign_in(UserFactory.create())
    page.goto(served.url + "/upload/")
    answer = page.request.post(served.url + "/accounts/logout/", form={})
    assert answer.status == 403
    assert "too old" in answer.text()
    assert "another account" not in answer.text()


def test_what_the_owner_calls_a_link_stays_with_the_owner(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, chromium_browser: Browser
) -> None:
    track = publish(title="Unheard", visibility="private", published_at=None)
    sign_in(track.owner)
    address = make_link(page, served, track, **{"For whom": "The difficult label"})
    expect(page.get_by_role("heading", name="The difficult label")).to_be_visible()
    context = chromium_browser.new_context()
    guest = context.new_page()
    guest.goto(address)
    expect(guest.get_by_role("heading", level=1)).to_have_text("Unheard")
    assert "difficult" not in guest.content()
    context.close()


def test_forms_of_a_review_leave_the_console_quiet(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, complaints: list[str]
) -> None:
    track = publish(title="Sea", slug="sea")
    sign_in(track.owner)
    make_link(page, served, track, **{"For whom": "Ana"})
    page.get_by_role("button", name="Revoke the link for Ana").click()
    expect(page.get_by_text("revoked")).to_be_visible()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_label("Name on this site").first.fill("nobody-of-this-name")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("Nobody here has this name.")).to_be_visible()
    page.goto(served.url + "/tracks/sea/versions/")
    page.locator("summary", has_text="Change v1").click()
    page.get_by_role("link", name="Label and note").click()
    page.get_by_label("Label").fill("Rough")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Rough")).to_be_visible()
    complaints[:] = [one for one in complaints if "422" not in one]  # the refused invitation


def test_the_share_sheet_offers_a_choice_only_where_there_is_one(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(title="Sea")
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("main").get_by_role("link", name="Share").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_label("Link", exact=True)).to_be_visible()
    expect(sheet.get_by_role("radio")).to_have_count(0)
    sheet.get_by_role("button", name="Done").click()
    play(page, served, track)
    until(page, "document.querySelector('audio-player').player.position > 1.2")
    page.get_by_role("main").get_by_role("link", name="Share").click()
    expect(sheet.get_by_role("radio")).to_have_count(2)


def test_visibilities_stand_in_one_order(
    served: Site, page: Page, publish: Publish, sign_in: SignIn
) -> None:
    track = publish(title="Sea", slug="sea")
    sign_in(track.owner)
    forms = ("/upload/", "/tracks/sea/edit/", "/releases/new/", "/playlists/new/")
    for address in forms:
        page.goto(served.url + address)
        radios = page.locator("[name=visibility]")
        expect(radios.first).to_be_attached()
        found = [radio.get_attribute("value") for radio in radios.all()]
        assert found == ["public", "unlisted", "private"], address

"""The order of a release, arranged in the page by a hand and by keys; and one of the queue."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from social.models import ArtistPage
from tests.browser.fixtures import Publish, SignIn
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReleaseFactory
from tests.sites import Site, wait_until
from tracks.models import Release, ReleaseTrack

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def release() -> Release:
    """Four pieces, A to D."""
    made: Any = ReleaseFactory.create(title="Orchard")
    for place, title in enumerate("ABCD", start=1):
        track = PublicTrackFactory.create(owner=made.owner, title=title)
        ReleaseTrack.objects.create(release=made, track=track, position=place)
    return made


def order(release: Release) -> str:
    return "".join(release.items.order_by("position").values_list("track__title", flat=True))


def drag(page: Page, grip: Locator, over: Locator) -> None:
    """Carry a row by its grip to the middle of another one, and a little beyond."""
    grip.hover()
    page.mouse.down()
    box = over.bounding_box()
    held = grip.bounding_box()
    assert box
    assert held
    beyond = 4 if box["y"] > held["y"] else -4
    page.mouse.move(held["x"] + 5, box["y"] + box["height"] / 2 + beyond, steps=8)
    page.mouse.up()


def test_a_release_is_ordered_by_hand_and_by_keys(
    served: Site, page: Page, sign_in: SignIn, release: Release
) -> None:
    sign_in(release.owner)
    page.goto(f"{served.url}/releases/{release.slug}/edit/")
    expect(page.locator("order-list:defined")).to_be_attached()
    rows, said = page.locator("[data-item]"), page.locator("order-list").get_by_role("status")
    drag(page, rows.nth(3).locator("[data-grip]"), rows.nth(1))
    expect(said).to_have_text("D is number 2 now.")
    assert order(release) == "ADBC"
    up = page.get_by_role("button", name="Move up D")
    up.press("Enter")
    expect(said).to_have_text("D is number 1 now.")
    expect(up).to_be_focused()
    up.press("Enter")  # it is the first already
    assert order(release) == "DABC"
    page.get_by_role("button", name="Take out A").press("Enter")
    expect(said).to_have_text("A was taken out.")
    expect(page.get_by_role("button", name="Take out B")).to_be_focused()
    page.context.set_offline(True)
    page.get_by_role("button", name="Move down D").press("Enter")
    expect(said).to_have_text("This was not saved. Try again.")
    expect(rows.first).to_contain_text("D")
    page.context.set_offline(False)
    page.get_by_role("button", name="Move down D").press("Enter")
    expect(said).to_have_text("D is number 2 now.")
    assert order(release) == "BDC"


def test_moves_pressed_one_upon_another_are_all_kept(
    served: Site, page: Page, sign_in: SignIn, release: Release
) -> None:
    sign_in(release.owner)
    page.goto(f"{served.url}/releases/{release.slug}/edit/")
    expect(page.locator("order-list:defined")).to_be_attached()
    down = page.get_by_role("button", name="Move down A")
    for _ in range(3):
        down.dispatch_event("click")
    wait_until(lambda: order(release) == "BCDA", 10)


def test_the_parts_of_a_page_are_ordered_by_hand_and_by_keys(
    served: Site, page: Page, sign_in: SignIn, complaints: list[str]
) -> None:
    artist = UserFactory.create(handle="ada")
    sign_in(artist)
    page.goto(f"{served.url}/me/page/")
    expect(page.locator("order-list:defined")).to_be_attached()
    rows, said = page.locator("[data-item]"), page.locator("order-list").get_by_role("status")
    drag(page, rows.nth(2).locator("[data-grip]"), rows.nth(0))
    expect(said).to_have_text("Playlists is number 1 now.")
    page.get_by_role("button", name="Move down Releases").press("Enter")
    expect(said).to_have_text("Releases is number 3 now.")
    assert ArtistPage.objects.get().order == ["playlist", "track", "release"]
    page.reload()
    expect(rows).to_have_text([re.compile(name) for name in ("Playlists", "Tracks", "Releases")])


def test_the_queue_is_ordered_by_hand(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    first = publish(title="A")
    for title in "BC":
        publish(title=title, owner=first.owner)
    page.goto(served.url)
    page.get_by_role("button", name="Play all").click()
    page.get_by_role("button", name="Queue and full player").click()
    titles = page.locator(".queue__title")
    expect(titles).to_have_text(["C", "B", "A"])
    rows = page.locator(".queue__row")
    drag(page, rows.nth(2).locator("[data-grip]"), rows.nth(0))
    expect(titles).to_have_text(["A", "C", "B"])
    rows.nth(0).locator("[data-grip]").press("ArrowDown")
    expect(titles).to_have_text(["C", "A", "B"])

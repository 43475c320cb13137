"""One list, open in two browsers: what one moves, the other shows, and both end the same."""

import random
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixtures import Publish
from tests.depth import depth
from tests.sites import Site, wait_until
from tracks.models import Playlist, PlaylistItem, Track

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = "[...document.querySelectorAll('shared-list [data-item]')].map((row) => row.dataset.item)"
ADD = """async (track) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ track, csrfmiddlewaretoken: token });
  await fetch("/playlists/late/tracks/", { method: "POST", body, redirect: "manual" });
}"""
Shared = Callable[[], Page]


@pytest.fixture
def playlist(publish: Publish) -> Playlist:
    """Eight places of one piece."""
    track = publish(title="Cider")
    made = Playlist.objects.create(owner=track.owner, slug="late", title="Late")
    for number in range(8):
        copy = track if number == 0 else _another(track, number)
        PlaylistItem.objects.create(playlist=made, track=copy, position=number + 1)
    return made


def _another(track: Track, number: int) -> Track:
    return Track.objects.create(
        owner=track.owner, slug=f"no-{number}", title=f"No. {number}", visibility="public"
    )


@pytest.fixture
def editor(served: Site, chromium_browser: Browser, playlist: Playlist) -> Shared:
    """A function: another browser of the owner's, with the list open to be changed."""

    def opened() -> Page:
        client = Client()
        client.force_login(playlist.owner, backend=settings.AUTHENTICATION_BACKENDS[-1])
        context = chromium_browser.new_context()
        value = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": served.url}])
        page = context.new_page()
        page.goto(f"{served.url}/playlists/late/edit/")
        expect(page.locator("shared-list:defined")).to_be_attached()
        return page

    return opened


def order(playlist: Playlist) -> list[str]:
    found = playlist.items.order_by("position").values_list("pk", flat=True)
    return [str(key) for key in found]


@pytest.mark.long("two browsers, and many moves")
def test_random_moves_of_two_browsers_end_in_one_order(playlist: Playlist, editor: Shared) -> None:
    pages = [editor(), editor()]
    before = set(order(playlist))
    dice = random.Random(8)
    for _ in range(depth(some=40, all_of_them=1000)):
        page = dice.choice(pages)
        row = page.locator("[data-item]").nth(dice.randrange(8))
        # Pressed at once, whatever is still on its way.
        row.locator(f"[data-step='{dice.choice([-1, 1])}']").dispatch_event("click")

    def is_one() -> bool:
        return all(page.evaluate(KEYS) == order(playlist) for page in pages)

    for _ in range(3):  # what is still on its way may pass by the same order once
        wait_until(is_one, 60)
        pages[0].wait_for_timeout(200)
    assert is_one()
    assert set(order(playlist)) == before


def test_an_open_editor_takes_over_what_another_does(playlist: Playlist, editor: Shared) -> None:
    here, there = editor(), editor()
    grip = here.locator("[data-item]", has_text="No. 5").locator("[data-grip]")
    grip.hover()
    here.mouse.down()
    box = here.locator("[data-item]").first.bounding_box()
    assert box
    here.mouse.move(box["x"] + 10, box["y"] + 5, steps=8)
    here.mouse.up()
    expect(there.locator("[data-item]").first).to_contain_text("No. 5")
    there.get_by_role("button", name="Take out No. 3").click()
    expect(here.get_by_text("No. 3")).to_have_count(0)
    there.evaluate(ADD, str(Track.objects.get(title="No. 3").pk))
    expect(here.locator("[data-item]").last).to_contain_text("No. 3")
    here.context.set_offline(True)
    down = here.get_by_role("button", name="Move down No. 5")
    down.press("Enter")
    expect(here.locator("shared-list").get_by_role("status")).to_contain_text("not saved")
    expect(here.locator("[data-item]").first).to_contain_text("No. 5")
    here.context.set_offline(False)
    down.press("Enter")
    expect(there.locator("[data-item]").nth(1)).to_contain_text("No. 5")

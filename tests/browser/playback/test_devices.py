"""A listener who is signed in goes on with the same queue on another device."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from social.models import User
from tests.browser.fixtures import Publish
from tests.browser.playback.test_player import plays_on, until
from tests.browser.queue.test_queue import more, opened, plays, shows, to
from tests.factories.social import UserFactory
from tests.sites import Site
from tracks.models import PlayQueue, Track

pytestmark = pytest.mark.django_db(transaction=True)

Device = Callable[[User], Page]
PLAYER = "document.querySelector('audio-player')"


@pytest.fixture
def device(served: Site, chromium_browser: Browser) -> Iterator[Device]:
    """A function: a page of a browser of its own, signed in as this person."""
    opened_ones = []

    def action(person: User) -> Page:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
        context = chromium_browser.new_context()
        opened_ones.append(context)
        value = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": served.url}])
        return context.new_page()

    yield action
    for context in opened_ones:
        context.close()


@pytest.fixture
def fan() -> User:
    """Somebody who listens."""
    person: User = UserFactory.create(handle="fan")
    return person


@pytest.fixture
def three(publish: Publish) -> list[Track]:
    """Three public pieces, of which C is the newest."""
    return [publish(title=title) for title in "ABC"]


def test_the_other_device_shows_the_queue_and_takes_over_with_one_press(
    served: Site, device: Device, fan: User, three: list[Track]
) -> None:
    desk, phone = device(fan), device(fan)
    desk.goto(served.url)
    desk.get_by_role("button", name="Play all").click()
    plays(desk, "C")
    to(desk, 20)
    plays_on(desk)
    until(desk, "localStorage['nexus.queue-sync'] !== undefined")
    desk.wait_for_timeout(11_000 - 8_000)

    phone.goto(served.url)
    sheet = opened(phone)
    shows(phone, "C", "B", "A")
    expect(sheet.get_by_text("On Chrome on Linux.")).to_be_visible()
    until(phone, f"Number({PLAYER}.querySelector('[data-part=seek]').value) >= 0.5")
    sheet.get_by_role("button", name="Play here").click()
    plays(phone, "C")
    until(desk, f"{PLAYER}.dataset.state === 'paused'")
    expect(sheet.get_by_text("On Chrome on Linux.")).to_be_hidden()


def test_what_two_devices_add_at_once_is_not_lost(
    served: Site, device: Device, fan: User, three: list[Track]
) -> None:
    desk, phone = device(fan), device(fan)
    for page in (desk, phone):
        page.goto(served.url)
        until(page, "localStorage['nexus.queue-sync'] !== undefined")
    phone.context.set_offline(True)
    more(phone, "B", "Play last")
    more(desk, "A", "Play last")
    row = PlayQueue.objects.filter(user=fan)
    deadline = 100
    while not row.exists() and deadline:
        desk.wait_for_timeout(100)
        deadline -= 1
    phone.context.set_offline(False)
    for page in (desk, phone):
        until(page, "JSON.parse(localStorage['nexus.queue']).items.length === 2", seconds=30)
    titles = "JSON.parse(localStorage['nexus.queue']).items.map((item) => item.title).sort()"
    assert desk.evaluate(titles) == phone.evaluate(titles) == ["A", "B"]


def test_signing_out_leaves_nothing_here_and_everything_there(
    served: Site, device: Device, fan: User, three: list[Track]
) -> None:
    desk = device(fan)
    desk.goto(served.url)
    desk.get_by_role("button", name="Play all").click()
    plays(desk, "C")
    until(desk, "JSON.parse(localStorage['nexus.queue-sync']).revision > 0")
    desk.locator("summary", has_text="Your account").click()
    desk.get_by_role("button", name="Sign out").click()
    expect(desk.get_by_role("link", name="Sign in").first).to_be_visible()
    kept = "Object.keys(localStorage).filter((name) => name.startsWith('nexus.queue'))"
    assert desk.evaluate(kept) == []
    assert len(PlayQueue.objects.get(user=fan).items) == 3

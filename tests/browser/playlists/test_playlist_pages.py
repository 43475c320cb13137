"""Playlists by hand: rules that show what they choose, the queue saved, and every page fit."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from social.models import ArtistPage
from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.browser.playback.test_player import plays_on
from tests.factories.tracks import PlaylistFactory
from tests.sites import Site
from tracks.models import Playlist, PlaylistCollaborator, PlaylistInvitation, PlaylistItem

RULES: Any = {
    "match": "all",
    "rules": [{"field": "duration", "operator": "least", "value": "0:01"}],
    "sort": "newest",
    "limit": 10,
}
pytestmark = pytest.mark.django_db(transaction=True)


def test_rules_show_what_they_choose_while_they_are_written(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, complaints: list[str]
) -> None:
    track = publish(title="Cider")
    sign_in(track.owner)
    page.goto(f"{served.url}/playlists/new/smart/")
    page.get_by_label("Title").fill("Short ones")
    asked, value = page.get_by_label("What to ask for"), page.get_by_label("Value")
    asked.select_option("duration")
    expect(page.get_by_label("How", exact=True)).to_have_value("least")
    value.fill("10:00")
    preview = page.locator("[data-part=preview]")
    expect(preview).to_contain_text("Nothing is so just now")
    page.get_by_label("How", exact=True).select_option("most")
    expect(preview).to_contain_text("Cider")
    page.get_by_role("button", name="Another rule").press("Enter")
    expect(asked).to_have_count(2)
    expect(asked.last).to_be_focused()
    asked.last.select_option("owner")
    value.last.fill("nobody-here")
    expect(preview).to_contain_text("Nothing is so just now")
    page.get_by_role("button", name="Take this rule out").last.press("Enter")
    expect(preview).to_contain_text("Cider")
    page.get_by_role("button", name="Create playlist").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Short ones")
    page.get_by_role("button", name="Play all").click()
    plays_on(page)


def test_the_queue_is_saved_with_one_press(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, complaints: list[str]
) -> None:
    track = publish(title="Cider")
    publish(title="Pear", owner=track.owner)
    sign_in(track.owner)
    page.goto(served.url)
    page.get_by_role("button", name="Play all").click()
    plays_on(page)
    page.get_by_role("button", name="Queue and full player").click()
    page.get_by_role("button", name="Save as playlist").click()
    page.get_by_role("link", name="View playlist").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Queue of")
    kept = Playlist.objects.get().items.order_by("position").select_related("track")
    assert [item.track.title for item in kept] == ["Pear", "Cider"]


PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_of_playlists_fits_and_is_accessible(
    served: Site, chromium_browser: Browser, publish: Publish, part: int
) -> None:
    track = publish(title="Cider")
    owner = track.owner
    playlist = PlaylistFactory.create(owner=owner, slug="late", title="Late")
    for position in (1, 2):
        PlaylistItem.objects.create(playlist=playlist, track=track, position=position)
    PlaylistFactory.create(owner=owner, slug="smart", rules=RULES)
    person = publish(title="Other").owner
    PlaylistCollaborator.objects.create(playlist=playlist, person=person, invited_by=owner)
    token = PlaylistInvitation.objects.create(playlist=playlist).token
    ArtistPage.objects.create(user=owner, accent="b4552d", press_md="Words", shows_press=True)
    pages = [
        *("/playlists/late/", "/playlists/late/edit/", "/playlists/late/people/"),
        *("/playlists/smart/", "/playlists/smart/edit/", "/playlists/smart/rules/"),
        *("/playlists/new/import/", f"/join/{token}/", "/me/page/", f"/@{owner.handle}/press/"),
        f"/@{owner.handle}/",
    ]
    context = chromium_browser.new_context(bypass_csp=True)
    _sign_in(context, served, owner)
    page, found = context.new_page(), []
    for path in pages[part::PARTS]:
        found += flaws(page, served.url + path, widths=[320, 1440])
    context.close()
    assert found == []


def _sign_in(context: Any, served: Site, user: Any) -> None:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": served.url}])

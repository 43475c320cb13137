"""Browsing by hand and by keys, and following by a feed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish
from tests.browser.looks import flaws
from tests.factories.described import tag_on
from tests.factories.tracks import ReleaseFactory
from tests.sites import Site
from tracks.models import Label, ReleaseTrack
from tracks.music_facts.services import say
from tracks.tags.services import counting

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_wheel_to_the_piece_by_keys_and_the_music_goes_on(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    track = publish(title="Tide")
    say(track=track, bpm="99", key="8A", by=track.owner)
    publish(title="Ebb", owner=track.owner, music_key="Em")
    counting.recount([tag_on(track, "Calm").tag.pk])
    page.goto(served.url)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Browse").click()
    expect(page.get_by_role("heading", name="Browse")).to_be_visible()
    assert flaws(page) == []
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="8A, A minor").press("Enter")
    expect(page.get_by_role("heading", name="8A, A minor")).to_be_visible()
    assert page.evaluate("window.stayed"), "no page was loaded anew: what plays goes on"
    expect(page.get_by_role("navigation", name="Keys that go with it")).to_contain_text("9A")
    assert flaws(page) == []
    page.get_by_role("link", name="Tide").first.click()
    expect(page.get_by_role("heading", name="Tide")).to_be_visible()
    page.goto(f"{served.url}/browse/label/")
    assert flaws(page) == []
    assert complaints == []


@pytest.mark.parametrize("place", ["tempo/90-110", "licence/cc0-1.0", "key/8A", "label/fields"])
def test_nothing_is_to_be_said_against_where_a_way_leads(
    served: Site, page: Page, publish: Publish, place: str
) -> None:
    track = publish(title="Tide", bpm=99, licence="cc0-1.0")
    label = Label.objects.create(owner=track.owner, name="Fields", slug="fields")
    release = ReleaseFactory.create(owner=track.owner, label=label)
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    page.goto(f"{served.url}/browse/{place}/")
    # In this key there is nothing: that page has to look well, too.
    expect(page.locator("main :is(.card, .blank)").first).to_be_visible()
    assert flaws(page) == []

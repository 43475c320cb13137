"""The page of a name by keyboard: its releases, its music, and who and what is beside it."""

from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish
from tests.browser.looks import flaws
from tests.browser.queue.test_queue import plays
from tests.factories.described import credit
from tests.factories.tracks import PlaylistFactory, ReleaseFactory
from tests.jobs import apart
from tests.sites import Site
from tracks.credits.rules import Artist
from tracks.credits.services import crediting
from tracks.models import PlaylistItem, Release, ReleaseTrack

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "A name so long that it has to be cut somewhere, however wide the window may be today"


@pytest.fixture
def page_of_ada(publish: Publish) -> str:
    """Ada with an album, a single and somebody else's release, in a playlist, beside Bo."""
    track = publish(title="Tide")
    apart(lambda: crediting.set_artists(thing=track, artists=[Artist("Ada")], by=track.owner))
    apart(lambda: credit(track, "Bo"))
    for title, kind in ((f"Album: {LONG}", "album"), ("Single", "single")):
        named: Release = ReleaseFactory.create(owner=track.owner, title=title, kind=kind)
        said = {"artists": [Artist("Ada")], "by": track.owner}
        apart(partial(crediting.set_artists, thing=named, **said))
    other = ReleaseFactory.create(title="Sampler")
    ReleaseTrack.objects.create(release=other, track=track, position=1)
    row = PlaylistFactory.create(title=LONG)
    PlaylistItem.objects.create(playlist=row, track=track, position=1, added_by=row.owner)
    return "/artists/ada/"


def test_what_a_name_has_made_is_played_and_found_by_keyboard(
    served: Site, page: Page, page_of_ada: str, complaints: list[str]
) -> None:
    page.goto(served.url + page_of_ada)
    beside = ("Appears on", "In playlists", "Together with")
    for heading in ("Albums", "Singles", "As artist 1", *beside):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    assert flaws(page) == []
    page.get_by_role("button", name="Play all").press("Enter")
    plays(page, "Tide")
    page.get_by_role("region", name="Together with").get_by_role("link", name="Bo").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bo")
    expect(page.get_by_role("heading", name="As producer 1", exact=True)).to_be_visible()
    plays(page, "Tide")
    page.goto(f"{served.url}{page_of_ada}releases/")
    expect(page.locator(".card")).to_have_count(2)
    assert flaws(page) == []
    assert complaints == []

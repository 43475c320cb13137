"""The next version in a browser: notes stand where their passage is now, and say so, live."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from social.models import Notification
from social.notes.services import carry_over, notes
from tests.browser.fixtures import Publish, SignIn, process_here
from tests.browser.looks import violations
from tests.factories.social import UserFactory
from tests.factories.tracks import add_version
from tests.jobs import apart, read_events
from tests.media_pipeline.edited import MASTERED, RATE, Cut, edit, samples_of
from tests.sites import Site
from tracks.models import Track, TrackVersion

pytestmark = pytest.mark.django_db(transaction=True)
PIECE = "music/01-hungarian-dance-5.flac"


def later_version(track: Track, path: Path) -> TrackVersion:
    """Return a second version of the track, processed but with no notes carried yet."""
    with ThreadPoolExecutor(1) as pool:
        asset = pool.submit(process_here, path, ["process"]).result()
    version = add_version(track, asset)
    track.versions.update(status="ready")
    return version


def test_notes_come_along_while_somebody_looks(
    served: Site,
    page: Page,
    publish: Publish,
    sign_in: SignIn,
    music: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    piece = samples_of(music(PIECE), tmp_path)
    other = samples_of(music("music/05-gold-rush.mp3"), tmp_path)
    cuts = [Cut(3, 7, of=other), Cut(0, 10), Cut(14, len(piece) / RATE)]
    edited = edit(piece, cuts, tmp_path / "v2.mp3", *MASTERED)
    track = publish(PIECE)
    first, fan = track.primary_version, UserFactory.create()
    assert first
    late = notes.write(version=first, author=fan, body_md="Softer here.", at_ms=25_000)
    notes.write(version=first, author=fan, body_md="Cut this.", at_ms=12_000)
    version = later_version(track, edited.path)
    sign_in(track.owner)
    page.goto(f"{served.url}{track.get_absolute_url()}?v=2")
    expect(
        page.get_by_text("Nobody has written a note").or_(page.get_by_text("Nothing here yet"))
    ).to_be_visible()
    apart(lambda: carry_over.expect(asset_id=version.media.asset_id))
    apart(lambda: carry_over.carry(version_id=version.pk))
    moved = page.get_by_role("listitem").filter(has_text="Softer here.")
    truth = edited.truth(25)
    assert truth
    expect(moved).to_contain_text("Moved from 0:25")
    assert int(moved.get_attribute("data-at") or 0) == pytest.approx(truth * 1000, abs=250)
    gone = page.get_by_role("listitem").filter(has_text="Cut this.")
    expect(gone).to_contain_text("The passage is gone; it was at 0:12")
    assert violations(page) == []
    moved.get_by_role("button", name="Resolve", exact=True).click()
    expect(moved).to_contain_text("Resolved by")
    apart(read_events)
    assert Notification.objects.get(user=fan, kind="answered").note_id == late.pk

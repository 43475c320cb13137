"""Taking a release along, as a visitor does it; opening it, as its owner does."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from django.db.models.functions import Now
from playwright.sync_api import Browser, Page, expect

from media_pipeline.models import Job
from social.models import User
from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.browser.test_pages_look import _sign_in
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReleaseFactory
from tests.jobs import apart
from tests.sites import Site
from tests.tracks.downloads.giving import prepare
from tracks.downloads.services import people
from tracks.models import Download, ReleaseTrack, Track

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_visitor_takes_a_release_along(
    served: Site, page: Page, publish: Publish, complaints: list[str], tmp_path: Path
) -> None:
    track = publish(title="Apple cider")
    release = ReleaseFactory.create(owner=track.owner, title="Orchard", download="everybody")
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    page.goto(served.url + release.get_absolute_url())
    page.get_by_role("button", name="Download").click()
    page.get_by_role("link", name="Original").click()
    expect(page.get_by_role("heading", name="being made ready")).to_be_visible()
    apart(prepare)
    with page.expect_download() as fetching:  # the page asks again by itself
        pass
    path = tmp_path / fetching.value.suggested_filename
    assert path.name.endswith("Orchard.zip")
    fetching.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    folder = next(one for one in tmp_path.iterdir() if one.is_dir())
    assert (folder / "01 Apple cider.ogg").is_file()
    subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, check=True)
    assert Download.objects.count() == 1
    # The page says what has happened, and lets one try again; that is the same download.
    expect(page.get_by_role("heading", level=1)).to_have_text("Your download has begun")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    with page.expect_download():
        page.get_by_role("link", name="Try again").click()
    assert Download.objects.count() == 1


def test_a_page_that_waits_tells_how_far_it_is_and_what_went_wrong(
    served: Site, page: Page, publish: Publish
) -> None:
    track = publish(title="Apple cider")
    Track.objects.update(gives_original="everybody")
    page.goto(f"{served.url}/tracks/{track.slug}/download/?what=original")
    job = Job.objects.get(kind="downloads.prepare")
    Job.objects.filter(pk=job.pk).update(progress=40)
    expect(page.get_by_role("progressbar")).to_have_js_property("value", 40)
    expect(page.get_by_text("40 %", exact=True)).to_be_visible()
    sentence = "It holds no sound."
    Job.objects.filter(pk=job.pk).update(state="failed", error=sentence, finished_at=Now())
    expect(page.get_by_role("heading", level=1)).to_have_text("This cannot be downloaded")
    expect(page.get_by_text(sentence)).to_be_visible()
    assert Download.objects.count() == 0


def test_an_owner_opens_a_piece_and_lets_somebody(
    served: Site, page: Page, sign_in: SignIn, complaints: list[str]
) -> None:
    track = PublicTrackFactory.create()
    UserFactory.create(handle="kim", display_name="Kim")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/{track.slug}/downloads/")
    page.get_by_label("MP3, 320 kbit/s").select_option("everybody")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_label("Handle").fill("@kim")
    page.get_by_label("What", exact=True).select_option("original")
    page.get_by_role("button", name="Grant it").click()
    expect(page.get_by_text("Kim may keep it now.")).to_be_visible()
    expect(page.get_by_label("The original")).to_have_value("granted")
    page.get_by_role("button", name="Let Kim keep it no longer").click()
    expect(page.get_by_text("Kim may no longer keep it.")).to_be_visible()


def test_its_pages_are_accessible(served: Site, chromium_browser: Browser) -> None:
    track = PublicTrackFactory.create()
    fan: User = UserFactory.create(display_name="A listener with a rather long name")
    apart(lambda: people.list_listener(owner=track.owner, person=fan, note="Met in Leipzig"))
    apart(lambda: people.grant(thing=track, person=fan, by=track.owner, what="flac"))
    words = {"user": track.owner, "owner": track.owner, "what": "mp3", "size_bytes": 9_000_000}
    for title, of in (("A long title " * 6, track), ("What is closed to everybody now", None)):
        Download.objects.create(title=title, track=of, **words)
    context = chromium_browser.new_context(bypass_csp=True)
    _sign_in(context, served, track.owner)
    page = context.new_page()
    for address in (f"/tracks/{track.slug}/downloads/", "/listeners/", "/downloads/"):
        assert flaws(page, served.url + address, widths=[360, 1440]) == []
    context.close()

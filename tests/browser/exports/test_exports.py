"""Taking everything along, as a person does it: press, watch, fetch, open."""

import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from media_pipeline.models import Job
from social.exports.services.beginning import begin, tell_watchers
from social.models import Export, User
from tests.browser.fixtures import SignIn
from tests.browser.looks import flaws
from tests.browser.test_pages_look import _sign_in
from tests.factories.archives import make_archive, make_artist
from tests.jobs import apart
from tests.sites import Site
from tracks.models import PlayQueue

pytestmark = pytest.mark.django_db(transaction=True)
DATA = "/accounts/data/"


def artist() -> User:
    """Return an artist with everything but a queue: its pieces have no pictures to be shown."""
    ada = make_artist()
    PlayQueue.objects.all().delete()
    return ada


def _go_on(person: User, **fields: object) -> None:
    Job.objects.filter(kind="exports.make").update(**fields)
    tell_watchers(person.pk)


def test_press_watch_fetch_and_open(
    served: Site, page: Page, sign_in: SignIn, complaints: list[str], tmp_path: Path
) -> None:
    ada = artist()
    sign_in(ada)
    page.goto(f"{served.url}/accounts/email/")
    page.get_by_role("link", name="Your data").click()
    expect(page.get_by_role("heading", name="Your data")).to_be_visible()
    page.get_by_role("button", name="Make my archive").click()
    expect(page.get_by_text("It waits for its turn.")).to_be_visible()
    expect(page.get_by_role("button", name="Make my archive")).to_be_disabled()
    # Somebody looks while it is made: the page follows without being loaded again.
    page.evaluate("window.stayed = true")
    apart(lambda: _go_on(ada, state="running", lease_token=uuid4(), stage="files", progress=42))
    expect(page.get_by_text("Your originals are packed.")).to_be_visible()
    expect(page.get_by_text("42\u00a0%")).to_be_visible()
    apart(lambda: _go_on(ada, state="pending", lease_token=None, stage="", progress=0))
    served.work("slow")
    download = page.get_by_role("link", name="Download")
    expect(download).to_be_visible()
    assert page.evaluate("window.stayed"), "the page is the one of before"
    with page.expect_download() as fetching:
        download.click()
    path = tmp_path / fetching.value.suggested_filename
    assert path.name.startswith("nexus-ada-")
    fetching.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert "manifest.json" in archive.namelist()


def test_the_page_is_accessible(served: Site, chromium_browser: Browser, tmp_path: Path) -> None:
    """With an archive that is ready, one that waits and one that has failed."""
    ada = artist()
    apart(lambda: make_archive(ada, tmp_path))
    apart(lambda: begin(person=ada))
    Export.objects.create(user=ada)
    context = chromium_browser.new_context(bypass_csp=True)
    _sign_in(context, served, ada)
    page = context.new_page()
    assert flaws(page, served.url + DATA, widths=[360, 1440]) == []
    expect(page.get_by_text("It waits for its turn.")).to_be_visible()
    expect(page.get_by_text("could not be made")).to_be_visible()
    context.close()


def test_it_works_without_scripts(served: Site, chromium_browser: Browser, tmp_path: Path) -> None:
    ada = artist()
    context = chromium_browser.new_context(java_script_enabled=False)
    _sign_in(context, served, ada)
    page = context.new_page()
    page.goto(served.url + DATA)
    page.get_by_role("button", name="Make my archive").click()
    expect(page.get_by_text("It waits for its turn.")).to_be_visible()
    context.close()

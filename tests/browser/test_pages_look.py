"""Every page: no complaint of the browser, none of axe, nothing that sticks out, light enough."""

import gzip
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.factories.media_pipeline import FailedJobFactory, UploadFactory
from tests.factories.social import PASSWORD, UserFactory
from tests.factories.tracks import TrackFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

FIRST_VISIT_BYTES = 140 * 1024  # both typefaces included
VISITOR_PAGES = [
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/none/",
]
ARTIST_PAGES = [
    "/",
    "/upload/",
    "/my/uploads/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/data/",
]


@pytest.fixture
def catalogue(publish: Publish) -> list[str]:
    """A small catalogue; returns addresses that everybody may open."""
    track = publish("music/01-hungarian-dance-5.flac", title="Hungarian Dance No. 5")
    long = publish("music/10-solo-trumpet.ogg", title="Trumpet " + "very long " * 12)
    pages = [track.get_absolute_url(), long.get_absolute_url(), f"/@{track.owner.handle}/"]
    return [*VISITOR_PAGES, *pages]


PARTS = 8  # of the catalogue


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_fit_and_are_accessible(
    served: Site, chromium_browser: Browser, catalogue: list[str], part: int
) -> None:
    # axe is our own script here, so the policy steps aside; the next test keeps it.
    context = chromium_browser.new_context(bypass_csp=True)
    page, found = context.new_page(), []
    for path in catalogue[part::PARTS]:
        found += flaws(page, served.url + path)
    context.close()
    assert found == []


@pytest.mark.parametrize("part", range(4))
def test_an_artists_pages_are_accessible(
    served: Site, chromium_browser: Browser, publish: Publish, part: int
) -> None:
    track = publish()
    refused = TrackFactory.create(owner=track.owner, title="Refused")
    refused.versions.update(status="failed")
    FailedJobFactory.create(asset=refused.primary_version.media.asset)
    UploadFactory.create(owner=track.owner)
    context = chromium_browser.new_context(bypass_csp=True)
    _sign_in(context, served, track.owner)
    page, found = context.new_page(), []
    own = [
        refused.get_absolute_url(),
        f"/tracks/{track.slug}/edit/",
        f"/tracks/{track.slug}/publish/",
        f"/tracks/{track.slug}/delete/",
    ]
    for path in [*ARTIST_PAGES, "/accounts/2fa/", "/accounts/logout/", *own][part::4]:
        found += flaws(page, served.url + path, widths=[1280], themes=["light"])
    context.close()
    assert found == []


def _sign_in(context: Any, served: Site, user: Any) -> None:
    from django.test import Client

    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": served.url}])


@pytest.mark.parametrize("part", range(2))
def test_no_page_violates_the_policy(
    served: Site, page: Page, catalogue: list[str], complaints: list[str], part: int
) -> None:
    for path in catalogue[part::2]:
        page.goto(served.url + path)
        page.wait_for_load_state("networkidle")
    # The page that is not there says so in the console, too: that one is meant.
    complaints[:] = [words for words in complaints if "404" not in words]


def test_a_first_visit_is_light(served: Site, page: Page, publish: Publish) -> None:
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if "/m/" not in response.url:
            body = response.body()
            packed = body if response.url.endswith(".woff2") else gzip.compress(body)
            sizes[response.url] = len(packed)

    page.on("response", weigh)
    page.goto(served.url + publish().get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) <= FIRST_VISIT_BYTES, sizes
    assert page.evaluate("Boolean(customElements.get('wave-form'))")


def test_a_theme_chosen_by_hand_stays_without_a_flash(served: Site, page: Page) -> None:
    page.goto(served.url)
    page.get_by_role("button", name="Use dark colours").click()
    page.reload(wait_until="commit")
    page.wait_for_selector("body", state="attached")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_without_javascript_pages_and_sound_are_there(
    served: Site, chromium_browser: Browser, publish: Publish
) -> None:
    track = publish()
    context = chromium_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.url)
    page.get_by_role("link", name=track.title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(track.title)
    expect(page.locator("audio.track__plain")).to_be_visible()
    expect(page.get_by_role("slider")).to_have_count(0)
    context.close()


def test_the_owner_renames_and_deletes(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, complaints: list[str]
) -> None:
    track = publish()
    sign_in(track.owner)
    page.goto(served.url + track.get_absolute_url())
    page.get_by_role("button", name=f"More for {track.title}").click()
    page.get_by_role("link", name="Title, words, visibility").click()
    page.get_by_label("Title", exact=True).fill("A better name")
    page.get_by_label("Description").fill("Some **words**.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A better name")
    expect(page.locator(".prose strong")).to_have_text("words")
    page.get_by_role("button", name="More for A better name").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(page).to_have_url(served.url + "/my/uploads/")
    expect(page.get_by_text("“A better name” was deleted.")).to_be_visible()


def test_signing_in_and_out_changes_the_whole_page(
    served: Site, page: Page, complaints: list[str]
) -> None:
    UserFactory.create(handle="ada", display_name="Ada")
    page.goto(served.url)
    page.get_by_role("link", name="Sign in").first.click()
    form = page.get_by_role("main")
    form.get_by_label("Password").fill("wrong")
    form.locator("[name=login]").fill("ada")
    form.get_by_role("button", name="Sign in").click()
    expect(form.get_by_role("alert")).to_be_visible()
    form.get_by_label("Password").fill(PASSWORD)
    form.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Upload", exact=True)).to_be_visible()
    page.locator("summary", has_text="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()

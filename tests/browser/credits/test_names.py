"""Somebody says that a name is theirs; a moderator decides; from then on it leads to them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import SignIn
from tests.browser.looks import flaws
from tests.factories.described import credit
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import apart
from tests.sites import Site
from tracks.models import Name

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_name_is_claimed_and_granted(served: Site, page: Page, sign_in: SignIn) -> None:
    track = PublicTrackFactory.create(title="Orchard")
    apart(lambda: credit(track, "Bo Drummer"))
    bo = UserFactory.create(handle="bo", display_name="Bo")
    sign_in(bo)
    page.goto(f"{served.url}/artists/bo-drummer/")
    page.get_by_role("link", name="Is this you?").click()
    page.get_by_label("How can one tell?").fill("My page names it.")
    page.get_by_role("button", name="This is me").click()
    expect(page.get_by_role("status").or_(page.locator(".notice")).first).to_contain_text(
        "moderator"
    )
    sign_in(StaffFactory.create())
    page.goto(f"{served.url}/admin/tracks/nameclaim/")
    page.locator("input.action-select").check()
    page.get_by_label("Action:").select_option("grant")
    page.get_by_role("button", name="Run", exact=True).or_(
        page.get_by_role("button", name="Go", exact=True)
    ).click()
    sign_in(bo)
    page.goto(f"{served.url}/artists/bo-drummer/")
    expect(page.get_by_role("link", name="@bo")).to_be_visible()
    page.get_by_role("link", name="Your credits").click()
    page.get_by_role("button", name="Take the link off Orchard").click()
    expect(page.get_by_role("button", name="Link to me from Orchard")).to_be_visible()


@pytest.mark.parametrize("page_of", ["", "claim/", "own/"])
def test_nothing_is_to_be_said_against_a_name(
    served: Site, page: Page, sign_in: SignIn, page_of: str
) -> None:
    track = PublicTrackFactory.create(title="Orchard")
    apart(lambda: credit(track, "Bo Drummer with a rather long name"))
    name = Name.objects.get()
    bo = UserFactory.create(handle="bo")
    if page_of == "own/":
        name.account = bo
        name.save()
    sign_in(bo)
    assert flaws(page, f"{served.url}{name.get_absolute_url()}{page_of}", widths=[360, 1440]) == []

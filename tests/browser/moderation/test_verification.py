"""An artist shows who they are, and sees what was found; the badge says what was verified."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from moderation.models import Verification
from moderation.verification import services
from moderation.verification.checking import Found
from social.models import User
from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import AXE, STANDARDS, flaws
from tests.browser.moderation.test_bench import as_person
from tests.factories.moderation import moderator
from tests.factories.social import UserFactory
from tests.jobs import apart, do_jobs
from tests.moderation.verification.places import standing
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def verified(person: User) -> None:
    row = services.begin(person=person, method="dns", subject="example.org")
    services.note(row=row, found=Found(True, "The record at _nexus.example.org is there."))


def test_what_is_found_comes_onto_the_page_by_itself(
    served: Site, page: Page, sign_in: SignIn, settings: Any
) -> None:
    ada = UserFactory.create(handle="ada")
    sign_in(ada)
    with standing(settings) as places:
        page.goto(f"{served.url}/me/verification/")
        page.get_by_label("How", exact=True).select_option("dns")
        page.get_by_label("A domain").fill("example.org")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text("_nexus.example.org", exact=True)).to_be_visible()
        page.get_by_role("button", name="Look for it now").click()
        expect(page.get_by_text("Being looked at")).to_be_visible()
        apart(do_jobs)
        expect(page.get_by_text("There is no TXT record")).to_be_visible()
        places.records["_nexus.example.org"] = [[Verification.objects.get().proof]]
        page.get_by_role("button", name="Look for it now").click()
        apart(do_jobs)
        expect(page.get_by_text("The record at _nexus.example.org is there.")).to_be_visible()
    page.goto(f"{served.url}/@ada/")
    heading = page.get_by_role("heading", level=1)
    assert "Verified: example.org" in " ".join(heading.inner_text().split())


def test_no_page_of_it_has_a_flaw(
    served: Site, chromium_browser: Browser, publish: Publish
) -> None:
    track = publish(title="Apple cider")
    verified(track.owner)
    services.begin(person=track.owner, method="file", subject="example.org")
    services.begin(person=track.owner, method="hand", subject="Ada", words="Call me.")
    pages = [
        (None, "/attestation/"),
        (None, track.owner.get_absolute_url()),
        (None, track.get_absolute_url()),
        (None, f"/embed/track/{track.pk}/"),
        (track.owner, "/me/verification/"),
        (track.owner, f"/tracks/{track.slug}/publish/"),
    ]
    found = []
    for person, address in pages:
        context = as_person(chromium_browser, served, person)
        found += flaws(context.new_page(), served.url + address, widths=(360, 1440))
        context.close()
    assert found == []


def test_axe_is_content_with_what_moderators_see(served: Site, chromium_browser: Browser) -> None:
    person = UserFactory.create()
    row = services.begin(person=person, method="hand", subject="Ada", words="Call me.")
    context = as_person(chromium_browser, served, moderator())
    page = context.new_page()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.goto(f"{served.url}/admin/moderation/verification/{row.pk}/change/")
        page.evaluate(f"{AXE}; null")
        found = page.evaluate(f"axe.run('#content', {{runOnly: {STANDARDS}}})")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    context.close()

"""An owner says where machines may read a piece, by keys alone, and sees what was said."""

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.models import Consent, ProviderConsent
from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.browser.moderation.test_bench import as_person
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


def named(track: Track) -> None:
    """Let two providers have been named, one of which is not any more."""
    Consent.objects.create(track=track, where="providers", set_by=track.owner)
    for name in ("attic", "cellar"):
        ProviderConsent.objects.create(track=track, provider=name, given_by=track.owner)
    ProviderConsent.objects.filter(provider="attic").update(withdrawn_at="2026-11-30T12:00:00Z")


def test_it_is_said_by_keys_alone(
    served: Site, page: Page, sign_in: SignIn, publish: Publish
) -> None:
    track = publish(title="Apple cider")
    sign_in(track.owner)
    page.goto(f"{served.url}/tracks/{track.slug}/edit/")
    page.get_by_role("link", name="Say where machines may read it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Machines", level=1)).to_be_visible()
    group = page.get_by_role("group", name="Where a machine may read it")
    group.get_by_label("As this site does: on this server").focus()
    page.keyboard.press("ArrowDown")
    expect(group.get_by_label("Nowhere")).to_be_checked()
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(f"{served.url}/tracks/{track.slug}/edit/")
    expect(page.get_by_text("A machine may read it: nowhere")).to_be_visible()


def test_no_page_of_it_has_a_flaw(
    served: Site, chromium_browser: Browser, publish: Publish
) -> None:
    track = publish(title="Apple cider")
    named(track)
    Track.objects.filter(pk=track.pk).update(form_guessed="speech")
    found = []
    context = as_person(chromium_browser, served, track.owner)
    page = context.new_page()
    for name in ("machines", "edit", ""):
        found += flaws(page, f"{served.url}/tracks/{track.slug}/{name}{'/' if name else ''}")
    context.close()
    assert found == []

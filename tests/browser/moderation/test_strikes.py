"""Holds and strikes in a browser: what people and moderators see of them has no flaw."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, expect

from moderation.models import Case
from moderation.models.strike import POLICY
from moderation.strikes import services as strikes
from social.models import User
from tests.browser.looks import AXE, STANDARDS, flaws
from tests.browser.moderation.test_bench import as_person
from tests.factories.moderation import decide, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def held_person() -> User:
    """Return somebody whom strikes hold."""
    cache.clear()
    person: User = UserFactory.create()
    for number in range(POLICY.most):
        track = PublicTrackFactory.create(owner=person, title=f"Cover {number}")
        strikes.give(decision=decide(track, "hide"), by=moderator())
    return person


def test_pages_of_holds_and_strikes_have_no_flaw(served: Site, chromium_browser: Browser) -> None:
    person = held_person()
    found = []
    for who, address in ((None, "/repeat-infringers/"), (person, "/me/decisions/")):
        context = as_person(chromium_browser, served, who)
        found += flaws(context.new_page(), served.url + address)
        context.close()
    assert found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_moderator_lets_a_held_account_go_on(
    served: Site, chromium_browser: Browser, theme: str
) -> None:
    person = held_person()
    context = as_person(chromium_browser, served, moderator())
    page = context.new_page()
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto(f"{served.url}/admin/moderation/case/?waiting=held")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Strikes against {person}")).to_be_visible()
    page.evaluate(f"{AXE}; null")
    found = page.evaluate(f"axe.run('#content', {{runOnly: {STANDARDS}}})")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    page.keyboard.press("a")
    page.keyboard.type("They were covers, and licensed.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("Decided.")).to_be_visible()
    assert Case.objects.get(target_id=person.pk).state == "closed"
    context.close()

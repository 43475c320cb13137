"""Who is signed in sees the page for all, with their own beside it, and no flash of the other."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish, SignIn
from tests.factories.social import StaffFactory, UserFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_for_all_has_ones_own_head_and_marks(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, complaints: list[str]
) -> None:
    track, other = publish(), publish()
    sign_in(track.owner)
    page.goto(served.url + "/notifications/")
    page.goto(served.url)
    own = page.locator(".card", has=page.locator(f"[data-track='{track.pk}']"))
    expect(own).to_have_attribute("data-marks", "owned")
    theirs = page.locator(".card", has=page.locator(f"[data-track='{other.pk}']"))
    expect(theirs).not_to_have_attribute("data-marks", "owned")
    expect(page.get_by_role("link", name="Sign in")).to_be_hidden()
    page.locator("account-menu summary").click()
    expect(page.get_by_text(f"@{track.owner.handle}")).to_be_visible()
    expect(page.get_by_role("link", name="Administration")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    page.goto(served.url)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert complaints == []


def test_a_moderator_finds_the_administration_in_it(
    served: Site, page: Page, publish: Publish, sign_in: SignIn
) -> None:
    publish()
    sign_in(StaffFactory.create())
    page.goto(served.url)
    page.locator("account-menu summary").click()
    expect(page.get_by_role("link", name="Administration")).to_be_visible()


def test_a_session_that_ended_elsewhere_is_noticed(
    served: Site, page: Page, publish: Publish, sign_in: SignIn
) -> None:
    publish()
    sign_in(UserFactory.create())
    page.goto(served.url + "/notifications/")
    Session.objects.all().delete()
    page.context.add_cookies([{"name": "sessionid", "value": "x" * 32, "url": served.url}])
    page.goto(served.url)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_the_head_is_right_at_the_first_paint_and_nothing_moves(
    served: Site, page: Page, publish: Publish, sign_in: SignIn
) -> None:
    publish()
    sign_in(UserFactory.create())
    page.goto(served.url + "/notifications/")
    page.add_init_script(
        "new PerformanceObserver((list) => { globalThis.moved = (globalThis.moved ?? 0) + "
        "list.getEntries().reduce((sum, one) => sum + one.value, 0) })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(served.url, wait_until="commit")
    page.wait_for_selector(".site-nav .for-people", state="attached")
    assert page.evaluate("document.documentElement.dataset.person?.length") == 36
    expect(page.get_by_role("link", name="Upload")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("globalThis.moved ?? 0") < 0.01

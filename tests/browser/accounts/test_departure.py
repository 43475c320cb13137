"""Leaving and staying, in a browser: it fits, it is accessible, and it works without scripts."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from social.models import User
from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import flaws
from tests.factories.social import PASSWORD, UserFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def go_to_page(page: Page, served: Site, person: User) -> None:
    """Sign in, and say the password once more."""
    page.goto(f"{served.url}/accounts/login/?next=/accounts/delete/")
    for _ in range(2):
        if page.locator("[name=login]").count():
            page.locator("[name=login]").fill(person.handle)
        page.get_by_role("main").get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").locator("form button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Delete your account")


def test_the_pages_fit_and_are_accessible(served: Site, chromium_browser: Browser) -> None:
    person = UserFactory.create(handle="mira")
    context = chromium_browser.new_context(bypass_csp=True)
    page = context.new_page()
    go_to_page(page, served, person)
    found = flaws(page)
    page.get_by_label("Your name here").fill("mira")
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("button", name="Keep my account")).to_be_visible()
    found += flaws(page)
    found += flaws(page, f"{served.url}/docs/kept/")
    context.close()
    assert found == []


def test_the_word_stands_on_pages_for_all_too(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, complaints: list[str]
) -> None:
    publish()
    leaves_at = timezone.now() + timedelta(days=9)
    person = UserFactory.create(handle="mira", leaves_at=leaves_at)
    sign_in(person)
    page.goto(f"{served.url}/my/uploads/")
    page.goto(served.url)
    banner = page.get_by_role("region", name="Your account")
    expect(banner).to_contain_text(f"{leaves_at:%-d %B}")
    page.goto(f"{served.url}/my/uploads/")
    banner.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Your account stays.")).to_be_visible()
    expect(banner).to_have_count(0)
    assert User.objects.get(pk=person.pk).leaves_at is None

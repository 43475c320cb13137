"""Joining, signing out and in again, as a person does it."""

import pytest
from playwright.sync_api import Page, expect

from social.models import User
from tests.factories.social import PASSWORD, UserFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def test_join_leave_and_come_back(served: Site, page: Page, complaints: list[str]) -> None:
    page.goto(served.url)
    page.get_by_role("link", name="Join", exact=True).first.click()
    page.get_by_label("Name", exact=True).fill("Mira")
    page.get_by_label("Display name").fill("Mira Lund")
    page.get_by_label("E-mail").fill("mira@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.locator("summary", has_text="Your account").click()
    expect(page.get_by_text("@mira")).to_be_visible()
    assert User.objects.get(handle="mira").name == "Mira Lund"

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()

    page.goto(f"{served.url}/my/uploads/")
    page.locator("[name=login]").fill("mira")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="My uploads")).to_be_visible()


def test_a_mistake_is_told_beside_the_form(served: Site, page: Page) -> None:
    UserFactory(handle="mira")
    page.goto(f"{served.url}/accounts/login/")
    page.locator("[name=login]").fill("mira")
    page.locator("[name=password]").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.locator("[name=login]")).to_have_value("mira")
    expect(page.locator("[name=password]")).to_have_value("")

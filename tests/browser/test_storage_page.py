"""The page of the storage stands there without a complaint of the browser or of axe."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from media_pipeline.models import Job, StorageFinding, StorageTally
from tests.browser.fixtures import SignIn
from tests.browser.looks import AXE, STANDARDS, Theme
from tests.factories.social import UserFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/admin/media_pipeline/storagefinding/"


@pytest.fixture
def counted() -> None:
    """A storage that was counted, with one finding."""
    now = timezone.now()
    for kind, size in {"originals": 300, "renditions": 700}.items():
        StorageTally.objects.create(kind=kind, files=2, bytes=size, counted_at=now)
    StorageFinding.objects.create(kind="orphan", key="originals/a.wav", size=5, seen_at=now)


def test_it_is_counted_again_by_a_button(
    served: Site, page: Page, sign_in: SignIn, counted: None, complaints: list[str]
) -> None:
    sign_in(UserFactory.create(is_staff=True, is_superuser=True))
    page.goto(served.url + ADDRESS)
    expect(page.get_by_role("progressbar", name="Share of Renditions")).to_have_attribute(
        "value", "70.0"
    )
    page.get_by_role("button", name="Count again").click()
    expect(page.get_by_text("It is being counted.")).to_be_visible()
    assert Job.objects.filter(kind="count-storage").count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_is_content(
    served: Site, chromium_browser: Browser, counted: None, theme: Theme
) -> None:
    client = Client()
    staff = UserFactory.create(is_staff=True, is_superuser=True)
    client.force_login(staff, backend=settings.AUTHENTICATION_BACKENDS[-1])
    context = chromium_browser.new_context(bypass_csp=True)
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": served.url}])
    page = context.new_page()
    page.emulate_media(color_scheme=theme)
    page.goto(served.url + ADDRESS)
    page.evaluate(f"{AXE}; null")
    # The frame around it is Django's own.
    found = page.evaluate(f"axe.run('#storage', {{runOnly: {STANDARDS}}})")
    context.close()
    assert [each["id"] for each in found["violations"]] == []
    assert found["passes"]

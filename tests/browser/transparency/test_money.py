"""Where the money went stands well in every width and both themes, and a proof is fetched there."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from economics.contributions import services as contributions
from economics.models import Contribution
from economics.proofs import check, services
from tests.browser.fixtures import SignIn
from tests.browser.looks import AXE, STANDARDS, THEMES, flaws
from tests.factories.economics import charity, confirm, declare
from tests.factories.social import UserFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def given(served: Site) -> Contribution:
    """Something of several months, of which one was given back."""
    for n in range(4):
        words = {"charity": charity("creative-commons")} if n % 2 else {}
        came = timezone.now() - timedelta(days=31 * n)
        confirm(declare(amount=123_456 * (n + 1), **words), fee=45, effective_at=came)
    contributions.refund(confirm(declare(), fee=33).pk, reference="back")
    declare(mode=Contribution.Mode.DIRECT)
    services.close()
    return Contribution.objects.earliest("id")


@pytest.mark.parametrize("path", ["/transparency/money/", "/transparency/money/?day=x"])
def test_the_page_is_accessible(
    served: Site, chromium_browser: Browser, given: Contribution, path: str
) -> None:
    context = chromium_browser.new_context(bypass_csp=True)
    page = context.new_page()
    assert flaws(page, served.url + path) == []
    context.close()


def test_an_empty_one_is_accessible(served: Site, chromium_browser: Browser) -> None:
    context = chromium_browser.new_context(bypass_csp=True)
    page = context.new_page()
    assert flaws(page, f"{served.url}/transparency/money/", widths=[320]) == []
    context.close()


def test_one_finds_it_from_the_foot_and_looks_at_another_day(
    served: Site, page: Page, given: Contribution, complaints: list[str]
) -> None:
    page.goto(served.url)
    page.get_by_role("navigation", name="About this site").get_by_role("link", name="Money").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Money")
    expect(page.get_by_role("region", name="Table of months")).to_contain_text("€1,244.56")
    day = (timezone.now() - timedelta(days=70)).strftime("%Y-%m-%d")
    page.get_by_label("As of the end of").fill(day)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("region", name="Table of months")).not_to_contain_text("€1,244.56")
    assert page.url.endswith(f"?day={day}")


def test_what_checks_a_proof_is_fetched_there(
    served: Site, page: Page, given: Contribution, tmp_path: Path, complaints: list[str]
) -> None:
    page.goto(f"{served.url}/transparency/money/")
    found = {}
    for name in ("money.json", "check.py"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        assert download.value.suggested_filename == name
        found[name] = Path(download.value.path()).read_bytes()
    assert found["check.py"] == Path(check.__file__).read_bytes()
    proof = page.request.get(f"{served.url}/contributions/{given.key}/proof.json").json()
    assert check.check(proof, json.loads(found["money.json"]))


@pytest.mark.parametrize("where", ["ledgertransaction", "ledgeraccount"])
def test_the_ledger_in_the_admin_is_accessible(
    served: Site, chromium_browser: Browser, given: Contribution, where: str
) -> None:
    client = Client()
    staff = UserFactory.create(is_staff=True, is_superuser=True)
    client.force_login(staff, backend=settings.AUTHENTICATION_BACKENDS[-1])
    context = chromium_browser.new_context(bypass_csp=True)
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": served.url}])
    page = context.new_page()
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        page.goto(f"{served.url}/admin/economics/{where}/")
        page.evaluate(f"{AXE}; null")
        # The frame around it is Django's own.
        found = page.evaluate(f"axe.run('#content-main', {{runOnly: {STANDARDS}}})")
        assert [each["id"] for each in found["violations"]] == []
        assert found["passes"]
    context.close()


def test_one_goes_from_an_entry_to_its_account_and_its_balance(
    served: Site, page: Page, given: Contribution, sign_in: SignIn, complaints: list[str]
) -> None:
    sign_in(UserFactory.create(is_staff=True, is_superuser=True))
    page.goto(f"{served.url}/admin/economics/ledgertransaction/")
    page.get_by_role("link", name="Lost in refunds and disputes").click()
    expect(page.locator(".desk__queue tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Balances").click()
    row = page.locator(".desk__queue tr").filter(has_text="Lost in refunds and disputes")
    expect(row).to_contain_text("€0.33")

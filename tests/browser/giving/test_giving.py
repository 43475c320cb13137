"""From a slider to the ledger: given, confirmed by finance, and the same cents for everybody."""

import pytest
from playwright.sync_api import Browser, Page, expect

from economics.ledger import selectors as ledger
from economics.models import Contribution
from social.models import User
from tests.browser.giving.conftest import INSTRUCTIONS
from tests.browser.looks import AXE, STANDARDS, flaws
from tests.browser.moderation.test_bench import as_person
from tests.factories.economics import confirm, declare, finance
from tests.factories.social import UserFactory
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)


def cents(page: Page) -> dict[str, str]:
    """Return what each share comes to, as the page says now."""
    rows = page.locator("[data-share]").all()
    return {
        str(row.get_attribute("data-share")): row.locator("output").inner_text() for row in rows
    }


def give(page: Page, site: Site) -> None:
    """Choose an amount, see the cents follow the slider, and go on."""
    page.goto(f"{site.url}/@ada/")
    page.get_by_role("link", name="Support", exact=True).click()
    expect(page.get_by_role("dialog", name="Support Ada")).to_be_visible()
    expect(page.get_by_role("slider")).to_have_count(3)
    page.wait_for_function("!!customElements.get('give-shares')")
    assert cents(page) == {"artist": "€7.00", "charity": "€2.00", "platform": "€1.00"}
    page.get_by_role("radio", name="€25.00").check()
    assert cents(page)["artist"] == "€17.50"
    page.get_by_label("Another amount").fill("10.01")
    slider = page.get_by_role("slider", name="Ada, slider")
    slider.focus()
    slider.press("ArrowLeft")
    assert cents(page) == {"artist": "€6.91", "charity": "€2.10", "platform": "€1.00"}
    page.get_by_label("Nexus", exact=True).fill("0.5")
    expect(page.get_by_text("The shares make 90.5 percent.")).to_be_visible()
    page.get_by_label("Nexus", exact=True).fill("10")
    page.get_by_label("Which charity").select_option("eff")
    page.get_by_label("A message").fill("For the cello.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text(INSTRUCTIONS)).to_be_visible()
    expect(page.get_by_role("row", name="Ada")).to_contain_text("€6.91")


def settle(page: Page, site: Site, given: Contribution) -> None:
    """Find it by what its giver names, and write down that it came in."""
    page.goto(f"{site.url}/admin/economics/contribution/?q={given.pk.hex[-10:].upper()}")
    page.get_by_role("link", name=given.pk.hex[-10:].upper()).click()
    expect(page.get_by_role("row", name="Ada")).to_contain_text("€6.91")
    page.get_by_label("Reference").fill("bank 1")
    page.get_by_role("button", name="It has come in").click()
    expect(page.get_by_text("Done.")).to_be_visible()


def test_what_a_slider_says_is_what_everybody_is_told(
    pooled: Site, chromium_browser: Browser
) -> None:
    ada = UserFactory.create(handle="ada", display_name="Ada")
    gil, boss = UserFactory.create(display_name="Gil"), finance()
    pages: dict[str, Page] = {}
    for name, person in (("ada", ada), ("gil", gil), ("boss", boss)):
        pages[name] = as_person(chromium_browser, pooled, person).new_page()
    page = pages["gil"]
    give(page, pooled)
    given = Contribution.objects.get()
    settle(pages["boss"], pooled, given)
    page.reload()
    expect(page.get_by_role("row", name="Ada")).to_contain_text("came in")
    page.get_by_role("link", name="Receipt 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Receipt 1")
    expect(page.get_by_role("row", name="Ada")).to_contain_text("€6.91")
    pages["ada"].goto(f"{pooled.url}/me/received/")
    expect(pages["ada"].get_by_text("€6.91")).to_be_visible()
    assert [ledger.owed("artist_payable", ada.pk), ledger.owed("platform_revenue")] == [691, 100]
    # The shares of last time are where one begins.
    page.goto(f"{pooled.url}/support/?for=person:ada")
    assert cents(page) == {"artist": "€6.90", "charity": "€2.10", "platform": "€1.00"}
    for each in pages.values():
        each.context.close()


def test_without_scripts_the_number_fields_are_enough(
    pooled: Site, chromium_browser: Browser
) -> None:
    UserFactory.create(handle="ada", display_name="Ada")
    context = chromium_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{pooled.url}/support/?for=person:ada")
    expect(page.get_by_role("slider").first).to_be_hidden()
    page.get_by_label("Ada", exact=True).fill("50")
    page.get_by_label("A charity", exact=True).fill("40")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("€5.00")).to_be_visible()
    context.close()


def flaws_of(browser: Browser, site: Site, person: User | None, *addresses: str) -> list[str]:
    context = as_person(browser, site, person)
    found = [
        flaw
        for address in addresses
        for flaw in flaws(context.new_page(), site.url + address, widths=(360, 1440))
    ]
    context.close()
    return found


def test_no_page_on_which_one_gives_has_a_flaw(pooled: Site, chromium_browser: Browser) -> None:
    ada, gil = UserFactory.create(handle="ada", display_name="Ada"), UserFactory.create()
    given = declare(ada, message="For the cello.")
    pages = ("/support/", f"/support/given/{given.key}/")
    assert flaws_of(chromium_browser, pooled, None, *pages) == []
    assert flaws_of(chromium_browser, pooled, gil, "/support/?for=person:ada") == []


def test_no_page_of_what_was_given_has_a_flaw(pooled: Site, chromium_browser: Browser) -> None:
    ada, gil = UserFactory.create(display_name="Ada"), UserFactory.create(display_name="Gil")
    given = confirm(declare(ada, giver=gil, message="For the cello."))
    receipt = f"/support/given/{given.key}/receipt/"
    assert flaws_of(chromium_browser, pooled, gil, receipt, "/me/giving/") == []
    assert flaws_of(chromium_browser, pooled, ada, "/me/received/") == []


def test_axe_is_content_with_what_finance_sees(pooled: Site, chromium_browser: Browser) -> None:
    given = declare(message="For the cello.")
    context = as_person(chromium_browser, pooled, finance())
    page = context.new_page()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.goto(f"{pooled.url}/admin/economics/contribution/{given.pk}/change/")
        page.evaluate(f"{AXE}; null")
        found = page.evaluate(f"axe.run('#content', {{runOnly: {STANDARDS}}})")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    context.close()

"""Many pieces chosen by hand and by keys, and changed at once."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import SignIn
from tests.browser.looks import flaws
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_of_it_by_keyboard(served: Site, page: Page, sign_in: SignIn) -> None:
    owner = UserFactory.create()
    for number in range(1, 5):
        PublicTrackFactory.create(owner=owner, title=f"Piece {number}")
    sign_in(owner)
    page.goto(f"{served.url}/my/uploads/")
    page.get_by_text("Change many at once").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Select all").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("4 chosen")).to_be_visible()
    page.get_by_label("Choose Piece 2").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("3 chosen")).to_be_visible()
    page.get_by_label("Who can open them").select_option("private")
    page.get_by_role("button", name="Set who can open them").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 pieces changed.")).to_be_visible()
    assert Track.objects.get(visibility="public").title == "Piece 2"


def test_a_row_of_boxes_is_ticked_deleted_and_brought_back(
    served: Site, page: Page, sign_in: SignIn
) -> None:
    owner = UserFactory.create()
    for number in range(1, 5):
        PublicTrackFactory.create(owner=owner, title=f"Piece {number}")
    sign_in(owner)
    page.goto(f"{served.url}/my/uploads/")
    page.get_by_text("Change many at once").click()
    page.get_by_label("Choose Piece 4").click()
    page.get_by_label("Choose Piece 2").click(modifiers=["Shift"])
    expect(page.get_by_text("3 chosen")).to_be_visible()
    assert flaws(page, widths=(360,)) == []
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("3 pieces deleted.")).to_be_visible()
    assert Track.objects.get().title == "Piece 1"
    assert flaws(page, widths=(360,)) == []
    page.get_by_label("Select all").check()
    page.get_by_role("button", name="Bring back what is chosen").click()
    expect(page.get_by_text("3 are back.")).to_be_visible()
    assert Track.objects.count() == 4

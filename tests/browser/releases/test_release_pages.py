"""A release, its countdown, its label and its tags, as people see them; and its order by keys."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.fixtures import SignIn
from tests.browser.looks import flaws
from tests.browser.page import until
from tests.factories.releases import filled, order_of
from tests.jobs import apart
from tests.sites import Site
from tracks.labels import services as labels
from tracks.models import Label, Release
from tracks.tags.services import tagging

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänslied and other songs for a long walk home"


@pytest.fixture
def release() -> Release:
    """One on a label, with a tag on its pieces and a long title."""
    found, tracks = filled(3, title=LONG, notes_md="Made in *one* night.", upc="036000291452")
    apart(lambda: labels.named(name="Nickelodeon Records", by=found.owner))
    found.label = Label.objects.get()
    found.released_on = timezone.now().date().isoformat()
    found.save()
    apart(lambda: tagging.add_tags(tracks=tracks, names=["ragtime"], by=found.owner))
    return found


PAGES = ["release", "countdown", "label", "tag", "tags"]


@pytest.mark.parametrize("what", PAGES)
def test_nothing_is_to_be_said_against_what_a_visitor_sees(
    served: Site, page: Page, release: Release, what: str
) -> None:
    if what == "countdown":
        Release.objects.update(release_at=timezone.now() + timedelta(days=3))
    label: Any = release.label
    address = {"label": label.get_absolute_url(), "tag": "/tags/ragtime/", "tags": "/tags/"}.get(
        what, release.get_absolute_url()
    )
    assert flaws(page, served.url + address, widths=[360, 1440]) == []


@pytest.mark.parametrize("what", ["edit/", "credits/", "downloads/", "label"])
def test_nothing_is_to_be_said_against_where_it_is_made(
    served: Site, page: Page, release: Release, sign_in: SignIn, what: str
) -> None:
    sign_in(release.owner)
    label: Any = release.label
    place = f"{label.get_absolute_url()}edit/" if what == "label" else f"/releases/{release.slug}/"
    address = place if what == "label" else f"{place}{what}"
    assert flaws(page, served.url + address, widths=[360, 1440]) == []


def test_its_order_and_titles_by_keyboard(
    served: Site, page: Page, release: Release, sign_in: SignIn
) -> None:
    sign_in(release.owner)
    page.goto(f"{served.url}/releases/{release.slug}/edit/")
    page.get_by_role("button", name="Move down No. 0").press("Enter")
    until(page, "document.querySelector('[data-rename] [name=title]').value === 'No. 1'")
    expect(page.get_by_role("button", name="Move down No. 0")).to_be_focused()
    page.keyboard.press("Enter")
    until(page, "[...document.querySelectorAll('[name=title]')].at(2).value === 'No. 0'")
    field = page.get_by_label("Title of No. 2")
    field.fill("The second")
    field.press("Enter")
    page.wait_for_load_state("networkidle")
    until(page, "document.querySelector('[data-rename] [name=title]').value === 'No. 1'")
    assert [title for _, title in order_of(release)] == ["No. 1", "The second", "No. 0"]


def test_a_square_is_cut_out_by_keyboard(
    served: Site, page: Page, release: Release, sign_in: SignIn, tmp_path: Any
) -> None:
    picture = tmp_path / "wide.png"
    wide = Image.new("RGB", (1200, 400), (0, 160, 0))
    wide.paste((0, 0, 200), (800, 0, 1200, 400))
    wide.save(picture)
    sign_in(release.owner)
    page.goto(f"{served.url}/releases/{release.slug}/edit/")
    page.locator("#cover-file").set_input_files(picture)
    frame = page.get_by_role("group", name="Choose the square")
    expect(frame).to_be_visible()
    frame.focus()
    for _ in range(80):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Use this picture").click()
    expect(page.get_by_alt_text("Its cover now")).to_be_visible()
    until(page, "document.querySelector('.cover-crop__now')?.naturalWidth > 0")
    red, _, blue = page.evaluate(
        "() => { const one = document.querySelector('.cover-crop__now');"
        "const c = Object.assign(document.createElement('canvas'), {width: 1, height: 1});"
        "const x = c.getContext('2d'); x.drawImage(one, 0, 0, 1, 1);"
        "return [...x.getImageData(0, 0, 1, 1).data].slice(0, 3) }"
    )
    assert blue > 120, (red, blue)

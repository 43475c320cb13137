"""By keyboard a moderator hears on the page of a case what everybody else hears no more."""

import pytest
from playwright.sync_api import Browser, Page, expect

from media_pipeline.models import SealedEntry
from moderation.decisions.services import restore
from tests.browser.fixtures import Publish, SignIn
from tests.browser.looks import AXE, STANDARDS
from tests.browser.moderation.test_bench import as_person
from tests.browser.page import until
from tests.factories.moderation import decide, make_report, moderator
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import apart
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)
AUDIO = "document.querySelector('.desk__hear audio')"


def test_the_original_plays_by_a_key(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, complaints: list[str]
) -> None:
    track, by = publish(title="Apple cider"), moderator()
    report = make_report(track, at_ms=12_000)
    made = decide(track.primary_version, "hide", "version", case=report.case)
    sign_in(by)
    page.goto(f"{served.url}/admin/moderation/case/{made.case_id}/change/")
    until(page, "document.readyState === 'complete'")
    expect(page.get_by_role("textbox", name="Hide: closed to all but its owner")).to_have_value(
        "0:07"
    )
    page.keyboard.press("o")
    until(page, f"{AUDIO}.currentTime > 0.3")
    assert page.evaluate(f"{AUDIO}.src").startswith("blob:")
    assert 20 < page.evaluate(f"{AUDIO}.duration") < 31
    page.keyboard.press("o")
    until(page, f"{AUDIO}.paused")
    entry = SealedEntry.objects.get(kind="original.heard")
    assert (entry.actor, entry.data["at_ms"]) == (str(by.pk), 7000)
    apart(lambda: restore(decision=made, by=moderator(), facts="It quotes."))
    page.get_by_role("button", name="Hear it").click()
    expect(page.get_by_text("No decision closes this now: hear it on its page.")).to_be_visible()
    assert SealedEntry.objects.filter(kind="original.heard").count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_is_content_with_it(served: Site, chromium_browser: Browser, theme: str) -> None:
    made = decide(PublicTrackFactory.create(), "hide")
    context = as_person(chromium_browser, served, moderator())
    page = context.new_page()
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto(f"{served.url}/admin/moderation/case/{made.case_id}/change/")
    expect(page.get_by_role("heading", name="Hear the original")).to_be_visible()
    page.evaluate(f"{AXE}; null")
    found = page.evaluate(f"axe.run('#content', {{runOnly: {STANDARDS}}})")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    context.close()

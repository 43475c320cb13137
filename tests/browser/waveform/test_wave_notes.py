"""Notes on the waveform, read from whatever list of them the page holds."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Publish
from tests.browser.playback.test_player import plays_on, until
from tests.browser.waveform.wave import VIEW, open_track, settled
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

SONG = "music/02-sugar-plum-fairy.ogg"
WRITE = """(notes) => {
  document.querySelector("[data-test-notes]")?.remove();
  const list = document.createElement("ul");
  list.dataset.notes = list.dataset.testNotes = "";
  for (const note of notes) {
    const item = document.createElement("li");
    Object.assign(item.dataset, note);
    list.append(item);
  }
  document.querySelector(".track").append(list);
}"""
OPENED = (
    "document.addEventListener('note:open', ({ detail }) => (window.opened ??= []).push(detail.id))"
)


def note(id: str, at_ms: int, **more: Any) -> dict[str, Any]:
    """Return the data of one note, as its element carries it."""
    who = {"who": "Ada", "initials": "AD", "hue": "3", "state": "open"}
    return {"note": id, "atMs": str(at_ms), **who, **more}


def test_notes_become_discs_in_the_order_of_time(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    page.add_init_script(OPENED)
    track = publish(SONG)
    open_track(page, served, track)
    group = page.get_by_role("group", name="Notes on the waveform")
    expect(group).to_be_hidden()
    written = [
        note("late", 90_000, who="Bo", initials="BO", state="resolved"),
        note("early", 62_000),
        note("passage", 10_000, untilMs="25000", who="Cy <b>", initials="C"),
        note("elsewhere", 30_000, version="00000000-0000-0000-0000-000000000000"),
        note("broken", 30_000, atMs="soon"),
    ]
    page.evaluate(WRITE, written)
    names = [
        "Note by Cy <b> from 0:10 to 0:25",
        "Note by Ada at 1:02",
        "Note by Bo at 1:30, resolved",
    ]
    expect(group.get_by_role("button")).to_have_count(3)
    found = group.get_by_role("button").all()
    assert [disc.get_attribute("aria-label") for disc in found] == names
    page.get_by_role("slider", name="Position in").focus()
    for name in names:
        page.keyboard.press("Tab")
        expect(group.get_by_role("button", name=name)).to_be_focused()
    bar: Any = page.locator(".wave__passage").bounding_box()
    whole: Any = page.locator(".wave__view").bounding_box()
    assert bar["width"] == pytest.approx(whole["width"] * 15 / 119.9, rel=0.03)
    group.get_by_role("button", name=names[1]).click()
    assert page.evaluate("opened") == ["early"]
    slider = page.get_by_role("slider", name="Position in")
    expect(slider).to_have_attribute("aria-valuenow", "62")
    assert page.evaluate("document.querySelector('audio-player').hidden"), "reading does not play"
    page.get_by_role("button", name=f"Play {track.title}").click()
    plays_on(page)
    until(page, "document.querySelector('wave-form').position > 62")


def test_a_list_that_changes_changes_the_waveform(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    open_track(page, served, publish(SONG))
    page.evaluate(WRITE, [note("one", 10_000), note("two", 60_000)])
    discs = page.locator(".wave__note")
    expect(discs).to_have_count(2)
    discs.nth(1).focus()
    page.evaluate("document.querySelector('[data-note=one]').remove()")
    expect(discs).to_have_count(1)
    expect(discs).to_be_focused()
    page.evaluate("document.querySelector('[data-note=two]').dataset.state = 'resolved'")
    expect(discs).to_have_attribute("data-resolved", "")
    page.evaluate("document.querySelector('[data-note=two]').hidden = true")
    expect(discs).to_have_count(0)


def test_a_crowd_is_counted_and_opens_up(
    served: Site, page: Page, publish: Publish, complaints: list[str]
) -> None:
    page.add_init_script(OPENED)
    open_track(page, served, publish(SONG))
    page.evaluate(WRITE, [note(f"n{n}", 40_000 + 300 * n) for n in range(6)])
    crowd = page.get_by_role("button", name="6 notes from 0:40 to 0:41")
    expect(crowd).to_have_text("6")
    crowd.click()
    settled(page)
    expect(page.get_by_role("button", name="Note by Ada")).to_have_count(6)
    assert page.evaluate(f"{VIEW}.span") < 4
    page.evaluate(WRITE, [note(f"s{n}", 40_700) for n in range(5)])
    same = page.get_by_role("button", name="5 notes from 0:40 to 0:40")
    same.click()
    same.click()
    assert page.evaluate("opened") == ["s0", "s1"], "notes of one moment open one after the other"
    page.evaluate(WRITE, [note(f"p{n}", 40_700) for n in range(3)])
    expect(page.get_by_role("button", name="Note by Ada")).to_have_count(3)

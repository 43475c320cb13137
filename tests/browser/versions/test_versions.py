"""Versions in the page: chosen without losing the sound, compared, sent, and never twice."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from media_pipeline.models import Asset
from tests.browser.fixtures import Publish, SignIn, process_here
from tests.browser.looks import flaws
from tests.browser.playback.test_player import plays_on, until
from tests.factories.media_pipeline import MediaFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import TrackFactory
from tests.sites import Site
from tracks.models import Track, TrackVersion

pytestmark = pytest.mark.django_db(transaction=True)

Music = Callable[[str], Path]
Again = Callable[..., TrackVersion]


@pytest.fixture
def again(music: Music) -> Again:
    """A function: a track and the path of a piece → one more version of it, processed."""

    def action(track: Track, name: str, **fields: Any) -> TrackVersion:
        with ThreadPoolExecutor(1) as pool:
            asset = pool.submit(process_here, music(name), ["process"]).result()
        return TrackVersion.objects.create(
            track=track,
            media=MediaFactory(asset=asset),
            number=track.versions.count() + 1,
            created_by=track.owner,
            status="ready",
            **fields,
        )

    return action


@pytest.fixture
def piece(publish: Publish, again: Again) -> Track:
    """A piece in two mixes of different length and loudness."""
    track = publish("music/07-apple-cider.ogg", title="Cider", slug="cider")
    again(track, "music/03-vibe-ace.ogg", label="Brighter", note_md="More *air*.")
    return track


def sounding(page: Page) -> dict[str, Any]:
    """Return what the player says of its sound."""
    saved: dict[str, Any] = page.evaluate("JSON.parse(localStorage.getItem('nexus.player'))")
    return saved


def moves_on(page: Page) -> None:
    """Wait until the position has moved by a second, whatever carries the sound."""
    at = float(page.locator("#player-seek").input_value())
    until(page, f"Number(document.getElementById('player-seek').value) > {at + 1}")


def test_another_version_is_chosen_without_losing_the_sound(
    served: Site, page: Page, piece: Track, complaints: list[str]
) -> None:
    page.goto(served.url + "/tracks/cider/")
    page.evaluate("window.samePage = true")
    page.get_by_role("button", name="Play Cider").click()
    plays_on(page)
    bar = page.get_by_role("list", name="Versions")
    expect(bar.locator("[aria-current]")).to_have_text("v1")
    bar.get_by_role("link", name="v2 Brighter").click()
    expect(page).to_have_url(served.url + "/tracks/cider/?v=2")
    expect(bar.locator("[aria-current]")).to_have_text("v2 Brighter")
    expect(page.locator(".versions__note em")).to_have_text("air")
    expect(page.locator("#track-length")).to_contain_text("1:01")
    second = piece.versions.get(number=2)
    expect(page.locator("wave-form")).to_have_attribute("version", str(second.pk))
    moves_on(page)
    page.get_by_role("region", name="Player").get_by_role("button", name="Pause").first.click()
    kept = sounding(page)
    assert kept["track"]["version_id"] == str(second.pk)
    assert kept["position"] > 1, "at the moment where the other one was"
    assert page.evaluate("window.samePage")
    expect(page.locator("[data-comparison]")).to_have_attribute("href", re.compile("b=2"))
    page.keyboard.press("1")
    expect(page).to_have_url(served.url + "/tracks/cider/")
    expect(page.locator("[data-said]").filter(has_text="Version 1")).to_be_attached()
    page.reload()
    expect(page.locator("#track-length")).to_contain_text("0:35")


def test_without_javascript_versions_are_links(
    served: Site, chromium_browser: Browser, piece: Track
) -> None:
    context = chromium_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.url + "/tracks/cider/")
    page.get_by_role("link", name="v2 Brighter").click()
    expect(page).to_have_url(served.url + "/tracks/cider/?v=2")
    expect(page.locator("#track-length")).to_contain_text("1:01")
    page.get_by_role("link", name="See the difference").click()
    expect(page.get_by_role("table")).to_contain_text("Whole piece")
    assert page.locator(".comparison__line").first.get_attribute("d").count("L") > 30
    context.close()


def test_two_versions_are_read_on_one_axis(
    served: Site, page: Page, piece: Track, complaints: list[str]
) -> None:
    page.goto(served.url + "/tracks/cider/comparison/?a=1&b=2")
    expect(page.locator("comparison-view:defined")).to_be_visible()
    slider = page.get_by_role("slider", name="Moment to read")
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    reading = page.locator("[data-part=reading]")
    first, second = piece.versions.order_by("number")
    a, b = (v.media.asset.facts.loudness_curve[10] for v in (first, second))
    expect(reading).to_contain_text(f"0:10 · v1 {a:.1f} LUFS · v2 {b:.1f} LUFS".replace("-", "−"))
    assert "10 seconds" in (slider.get_attribute("aria-valuetext") or "")
    box = page.locator("[data-part=stage]").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 20)
    expect(reading).to_contain_text("0:55 · v1 –")


def test_a_new_mix_is_sent_from_the_page_of_versions(
    served: Site, page: Page, publish: Publish, sign_in: SignIn, music: Music, complaints: list[str]
) -> None:
    track = publish(title="Cider", slug="cider")
    sign_in(track.owner)
    served.work("fast")
    page.goto(served.url + "/tracks/cider/")
    page.get_by_role("link", name="Add a version").click()
    page.locator("input[data-file]").set_input_files(str(music("music/10-solo-trumpet.ogg")))
    page.get_by_label("Label").fill("trumpet only")
    page.get_by_label("What changed").fill("No *band*.")
    page.get_by_role("button", name="Add this version").click()
    row = page.locator("#version-2")
    expect(row.locator("em")).to_have_text("band", timeout=30_000)
    expect(row.get_by_text("LUFS")).to_be_visible(timeout=60_000)
    row.locator("summary").click()
    row.get_by_role("button", name="Make primary").click()
    expect(page.get_by_text("Listeners get v2 “trumpet only” first now.")).to_be_visible()
    page.goto(served.url + "/")
    expect(page.locator(".card time")).to_have_text("0:05")


@pytest.fixture
def puts(page: Page) -> list[str]:
    """What is sent, part by part."""
    sent: list[str] = []
    page.on("request", lambda request: request.method == "PUT" and sent.append(request.url))
    return sent


@pytest.mark.parametrize("secure", [True, False], ids=["https", "plain http"])
def test_the_same_bytes_are_recognised_and_not_sent_again(
    served: Site, page: Page, sign_in: SignIn, music: Music, puts: list[str], secure: bool
) -> None:
    artist = UserFactory.create(handle="ada")
    sign_in(artist)
    path = music("music/08-acoustic-guitar.wav")
    with ThreadPoolExecutor(1) as pool:
        asset = pool.submit(process_here, path, ["process"]).result()
    Asset.objects.filter(pk=asset.pk).update(owner=artist)
    track = TrackFactory.create(owner=artist, version=asset, title="Guitar", slug="guitar")
    if not secure:
        page.add_init_script("delete Crypto.prototype.subtle")
    page.goto(served.url + "/tracks/guitar/versions/")
    page.locator("input[data-file]").set_input_files(str(path))
    page.get_by_role("button", name="Add this version").click()
    expect(page.get_by_text("You have this already: v1 of Guitar.")).to_be_visible()
    page.get_by_role("button", name="Use it anyway").click()
    expect(page.locator("#version-2")).to_be_visible(timeout=30_000)
    assert puts == []
    keys = Asset.objects.filter(owner=artist).values_list("key", flat=True)
    assert len(keys) == 2
    assert len(set(keys)) == 1, "stored once"
    assert track.versions.count() == 2


def test_the_upload_page_says_it_too_and_can_leave_it(
    served: Site, page: Page, sign_in: SignIn, music: Music, puts: list[str]
) -> None:
    artist = UserFactory.create(handle="ada")
    sign_in(artist)
    path = music("music/10-solo-trumpet.ogg")
    with ThreadPoolExecutor(1) as pool:
        asset = pool.submit(process_here, path, ["process"]).result()
    Asset.objects.filter(pk=asset.pk).update(owner=artist)
    TrackFactory.create(owner=artist, version=asset, title="Trumpet", slug="trumpet")
    page.goto(served.url + "/upload/")
    page.locator("input[type=file]").set_input_files(str(path))
    row = page.locator(".row-file")
    expect(row.get_by_text("You have this already: v1 of Trumpet.")).to_be_visible()
    expect(row.get_by_role("link", name="Open that one")).to_have_attribute(
        "href", "/tracks/trumpet/?v=1"
    )
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    assert puts == []
    assert Track.objects.count() == 1


@pytest.mark.parametrize("path", ["/?v=2", "/versions/", "/comparison/", "/record/"])
def test_the_pages_fit_and_are_accessible(
    served: Site, chromium_browser: Browser, piece: Track, path: str
) -> None:
    from tests.browser.test_pages_look import _sign_in

    context = chromium_browser.new_context(bypass_csp=True)
    _sign_in(context, served, piece.owner)
    found = flaws(context.new_page(), f"{served.url}/tracks/cider{path}")
    context.close()
    assert found == []

"""Playlists of other players are brought in, and taken out again."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import SignIn
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site
from tracks.models import Playlist

pytestmark = pytest.mark.django_db(transaction=True)

XSPF = """<?xml version="1.0" encoding="UTF-8"?>
<playlist version="1" xmlns="http://xspf.org/ns/0/"><title>From elsewhere</title><trackList>
<track><title>Pear</title><creator>{artist}</creator><duration>222000</duration></track>
<track><title>Nowhere to be found</title><creator>Nobody</creator></track>
</trackList></playlist>"""


def test_files_of_other_players_come_in(
    served: Site, page: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    pear = PublicTrackFactory.create(title="Pear")
    plum = PublicTrackFactory.create(title="Plum", owner=pear.owner)
    sign_in(pear.owner)
    m3u = tmp_path / "late-night.m3u8"
    m3u.write_text(
        f"#EXTM3U\n#EXTINF:222,{plum.owner.name} - Plum\nC:\\Music\\plum.mp3\n"
        f"#EXTINF:222,{pear.owner.name} - Pear\nhttps://elsewhere.example/pear.flac\n"
    )
    page.goto(f"{served.url}/playlists/new/import/")
    page.get_by_label("File").set_input_files(m3u)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("2 pieces found, which is all of the file.")).to_be_visible()
    page.get_by_role("link", name="View playlist").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("late-night")
    assert _titles(Playlist.objects.get(title="late-night")) == ["Plum", "Pear"]
    with page.expect_download() as taken:
        page.get_by_role("link", name="XSPF").click()
    assert "<title>Plum</title>" in Path(taken.value.path()).read_text()
    xspf = tmp_path / "whatever.xspf"
    xspf.write_text(XSPF.format(artist=pear.owner.name))
    page.goto(f"{served.url}/playlists/new/import/")
    page.get_by_label("File").set_input_files(xspf)
    page.get_by_label("Title").fill("Chosen by me")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", name="1 not found")).to_be_visible()
    expect(page.get_by_text("Nowhere to be found")).to_be_visible()
    assert _titles(Playlist.objects.get(title="Chosen by me")) == ["Pear"]


def _titles(playlist: Playlist) -> list[str]:
    rows = playlist.items.order_by("position").select_related("track")
    return [item.track.title for item in rows]

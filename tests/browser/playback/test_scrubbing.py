"""However wildly somebody moves through a piece, it sounds on: in each of the four ways to play."""

import pytest
from playwright.sync_api import Page

from tests.browser.fixtures import Publish
from tests.browser.page import PLAYER, until
from tests.browser.playback.test_player import plays_on
from tests.measured.switching import HAS, POSITION, choose, versions_of
from tests.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

# As fast as a hand moves along the line, for two seconds: back and forth, to both ends.
SCRUB = (
    PLAYER
    + """.then(async (player) => {
  const { duration } = player;
  for (let turn = 0; turn < 60; turn += 1) {
    const share = turn % 7 === 0 ? 0 : turn % 11 === 0 ? 0.99 : (turn * 0.381966) % 1;
    player.seek(share * duration);
    await new Promise((resolve) => setTimeout(resolve, 20 + (turn % 5) * 8));
  }
  player.seek(duration / 3);
})"""
)
WITHOUT_HLS_JS = "delete window.MediaSource; delete window.ManagedMediaSource;"
WITHOUT_HLS = """
  const can = HTMLMediaElement.prototype.canPlayType;
  HTMLMediaElement.prototype.canPlayType = function (type) {
    return /mpegurl/i.test(type) ? "" : can.call(this, type);
  };
"""
WAYS = {
    "hls": "",
    "native": WITHOUT_HLS_JS,
    "mp3": WITHOUT_HLS_JS + WITHOUT_HLS,
    "mix": "",
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_moving_about_breaks_the_sound(
    served: Site, page: Page, publish: Publish, way: str
) -> None:
    track = publish(title="Sea", slug="sea", extras=True)
    if way == "mix":
        versions_of(track, publish(title="B", slug="b", extras=True))
    if WAYS[way]:
        page.add_init_script(WAYS[way])
    page.goto(served.url + "/tracks/sea/")
    page.get_by_role("main").get_by_role("button", name="Play Sea").click()
    until(page, f"{POSITION}.then((at) => at > 0.5)")
    if way == "mix":
        choose(page, 2)
        until(page, HAS.replace("NUMBER", "2"))
    kind = page.evaluate(f"{PLAYER}.then((player) => player.sound.kind)")
    assert kind == way
    for _ in range(2):
        page.evaluate(SCRUB)
        until(page, f"{PLAYER}.then(({{ position, duration }}) => position > duration / 3 + 0.5)")
        if way != "mix":  # which is heard through no element
            plays_on(page)
    trouble, kind = page.evaluate(f"{PLAYER}.then((player) => [player.trouble, player.sound.kind])")
    assert trouble == ""
    # Chromium's own HLS may give up under it: then the file goes on at the same moment.
    assert kind in ({way, "mp3"} if way == "native" else {way})

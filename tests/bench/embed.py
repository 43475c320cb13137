"""What a foreign page loads with a player in it, before anybody plays: bytes and requests."""

import gzip
from typing import Any

from playwright.sync_api import Response, sync_playwright

from config.setup import chromium

ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
WIDTH, HEIGHT = 640, 168


def measure(address: str) -> dict[str, Any]:
    """Open an embed's whole address (its track must be playable) and weigh all that comes.

    Bytes as they travel gzipped, the picture included; none of it is music or hls.js.
    """
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        weights[response.url] = len(gzip.compress(response.body()))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.on("response", weigh)
        page.goto(address)
        page.wait_for_selector("html[data-state]")
        page.wait_for_load_state("networkidle")
        browser.close()
    pictures = sum(size for url, size in weights.items() if url.endswith(".jpg"))
    return {
        "bytes": sum(weights.values()),
        "of_it_picture_bytes": pictures,
        "requests": len(weights),
    }

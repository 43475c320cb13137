"""What is wrong with how a page stands there, in every width and both themes.

A page is opened once, in the narrowest window, and looked at again after each change of window and
theme, as by somebody who turns a phone or whose evening falls.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 768, 1440)
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
# Colours that are on their way say nothing of the contrast there will be.
SETTLED = """Promise.race([
  new Promise((done) => setTimeout(done, 2000)),
  new Promise(requestAnimationFrame).then(() => Promise.allSettled(
    document.getAnimations()
      .filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime))
      .map((one) => one.finished))),
])"""


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE}; null")
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {{runOnly: {STANDARDS}}})")
    return [
        f"{page.url} {each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def flaws(
    page: Page,
    address: str = "",
    *,
    widths: Iterable[int] = WIDTHS,
    themes: Iterable[Theme] = THEMES,
) -> list[str]:
    """Return all there is to say against a page (opened from `address`, if given), or nothing.

    The context bypasses the page's policy: axe is a script of our own.
    """
    found = []
    for number, width in enumerate(widths):
        page.set_viewport_size({"width": width, "height": 800})
        if address and not number:
            page.goto(address)
            page.wait_for_load_state("networkidle")
        for theme in themes:
            page.emulate_media(color_scheme=theme)
            page.evaluate(SETTLED)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{page.url} is wider than {width} px")
            found += [f"{width} px, {theme}: {each}" for each in violations(page)]
    return found

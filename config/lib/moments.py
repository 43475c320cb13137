"""Times of a piece that somebody wrote, as links that go there."""

import re

from django.utils.safestring import SafeString, mark_safe

from config.lib.links import PIECES, SILENT

# 1:23 or 1:02:03, not part of a longer number, a ratio in a word or a clock with seconds behind.
MOMENT = re.compile(r"(?<![\w:.,])(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)(?![\w:]|[.,]\d)")


def with_moments(html: SafeString) -> SafeString:
    """Return sanitised HTML in which times are links to that moment (`#t=83`).

    As safe as `html`: what is added holds digits alone. Times in links and code stay words.
    """
    if not MOMENT.search(html):
        return html
    pieces: list[str] = []
    open_silent = 0
    for found in PIECES.finditer(html):
        closing, name = found[1], found[2]
        if name in SILENT:
            open_silent += -1 if closing else 1
        is_text = name is None and not open_silent
        pieces.append(MOMENT.sub(_link, found[0]) if is_text else found[0])
    return mark_safe("".join(pieces))  # noqa: S308


def _link(found: re.Match[str]) -> str:
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    at = hours * 3600 + minutes * 60 + seconds
    return f'<a href="#t={at}" data-moment hx-boost="false">{found[0]}</a>'

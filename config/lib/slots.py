"""Named places in a page that upper rooms fill without being known (plan: Slot).

A page names a place with `{% slot "track.below-player" %}`; an upper app registers in
`AppConfig.ready` a function `(context) -> str` that returns safe HTML for it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Filler = Callable[[Mapping[str, Any]], SafeString]

_fillers: dict[str, list[Filler]] = defaultdict(list)


def register(slot: str, filler: Filler) -> None:
    """Let `filler` render into `slot`, after those registered before it."""
    _fillers[slot].append(filler)


def render(slot: str, context: Mapping[str, Any]) -> SafeString:
    """Return the joined output of all fillers of `slot`; empty when nobody fills it."""
    return mark_safe("".join(filler(context) for filler in _fillers[slot]))  # noqa: S308 - each filler escapes

"""How a reservation of text and data mining is said to programs.

TDMRep: https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/.
ai.txt is as Spawning’s reads: like robots.txt, with kinds of files in place of paths.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from config.lib.headers import is_reserved

KINDS = (
    "mp3",
    "m4a",
    "aac",
    "flac",
    "wav",
    "aiff",
    "ogg",
    "opus",
    "mp4",
    "webm",
    "jpg",
    "png",
    "txt",
)


def tdmrep(otherwise: Iterable[str]) -> list[dict[str, Any]]:
    """Return the rules: what is said otherwise of these paths, then the site's own words."""
    rules = [_rule(path, is_reserved=not is_reserved()) for path in otherwise]
    return [*rules, _rule(f"{settings.NEXUS_PREFIX}/", is_reserved=is_reserved())]


def _rule(path: str, *, is_reserved: bool) -> dict[str, Any]:
    rule: dict[str, Any] = {"location": path, "tdm-reservation": int(is_reserved)}
    if is_reserved and settings.NEXUS_MINING_POLICY:
        rule["tdm-policy"] = settings.NEXUS_MINING_POLICY
    return rule


def ai_txt(home: str) -> str:
    """Return the same as lines, with where a program learns more."""
    word = "Disallow" if is_reserved() else "Allow"
    lines = [
        "# Text and data mining of what is here, the training of models included, is "
        + ("reserved (Directive (EU) 2019/790, article 4(3))." if is_reserved() else "open."),
        "# An owner may say otherwise of a piece: the header tdm-reservation of its page counts.",
        f"# For programs: {home.rstrip('/')}{settings.NEXUS_PREFIX}/.well-known/tdmrep.json",
        "",
        "User-Agent: *",
        *(f"{word}: *.{kind}" for kind in KINDS),
        f"{word}: /",
        "",
    ]
    return "\n".join(lines)

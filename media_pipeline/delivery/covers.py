"""Covers that are shown no more: upper rooms say of which media; a blank one stands in place."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from media_pipeline.models import Media

Rule = Callable[[], Q]
NAMES = frozenset({"cover.jpg", "cover-thumb.jpg"})
BLANK_KEY = "blank"  # in place of the key of a picture in the storage
BLANK = Path(__file__).with_name("blank.jpg")

_rules: list[Rule] = []


def hide_cover(rule: Rule) -> Rule:
    """Register of which media no cover is shown: a Q on Media."""
    _rules.append(rule)
    return rule


def hidden() -> Q:
    """Return the Q of the media whose cover is shown to nobody."""
    found = Q(pk__in=[])
    for rule in _rules:
        found |= rule()
    return found


def hidden_among(media: Iterable[Any]) -> set[Any]:
    """Return those of these media (ids, some of them None) whose cover is hidden. One query."""
    wanted = {pk for pk in media if pk}
    return set(Media.objects.filter(hidden(), pk__in=wanted).values_list("pk", flat=True))


def blank(_request: HttpRequest) -> HttpResponse:
    """Answer with the picture that stands for a hidden one."""
    headers = {"Cache-Control": "private, max-age=60"}
    return HttpResponse(data(), content_type="image/jpeg", headers=headers)


@cache
def data() -> bytes:
    """Return the bytes of the blank cover."""
    return BLANK.read_bytes()

"""What a copy costs: a button on the page of a piece, and the owner's line beside downloads."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from config.lib import slots
from economics import money
from economics.sales.rules import BUYERS, SUPPORTERS
from economics.sales.selectors import is_open_to, price_of
from tracks import members
from tracks.access import User
from tracks.models import Release, Track


def _for_sale(context: Mapping[str, Any]) -> SafeString:
    thing = context.get("release") or context.get("track")
    if not isinstance(thing, Track | Release):
        return SafeString("")
    price = price_of(thing) if is_open_to(thing, BUYERS) else None
    backed = is_open_to(thing, SUPPORTERS)
    if price is None and not backed:
        return SafeString("")
    kind = "release" if isinstance(thing, Release) else "track"
    asked = {"for": f"{kind}:{thing.pk}"}
    if thing.visibility == "unlisted":
        asked["token"] = thing.token
    told = {
        "price": price,
        "least": money.told(price.least) if price else "",
        "buy_url": f"{reverse('support')}?{urlencode(asked)}",
    }
    return render_to_string("economics/sales/_button.html", told)


def _price_line(context: Mapping[str, Any]) -> SafeString:
    thing = context["thing"]
    kind = "release" if isinstance(thing, Release) else "track"
    price = price_of(thing)
    told = {
        "price": price,
        "least": money.told(price.least) if price else "",
        "price_url": reverse(f"{kind}-price", args=[thing.slug]),
    }
    return render_to_string("economics/sales/_line.html", told)


def _member(track: Track, _viewer: User) -> dict[str, Any] | None:
    price = price_of(track) if is_open_to(track, BUYERS) else None
    if price is None:
        return None
    told = {"least_cents": price.least, "suggested_cents": price.suggested}
    return told | {"currency": money.currency()}


def fill() -> None:
    """Put them into their places; programs are told with a track."""
    slots.register("track.buttons", _for_sale)
    slots.register("release.buttons", _for_sale)
    slots.register("downloads", _price_line)
    members.register("price", _member)

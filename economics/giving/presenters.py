"""What the page on which somebody gives shows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField, Form

from economics.contributions.rules import parts
from economics.contributions.selectors import mode, site_is_paid
from economics.giving import rules
from economics.giving.rules import SHARES
from economics.giving.selectors import Target
from economics.models import WHOLE, Contribution
from economics.money import currency, digits, plain, read, told


@dataclass(frozen=True)
class Row:
    """One share: its field, whose it is, and what it comes to as the form stands."""

    kind: str
    field: BoundField
    name: str
    amount: str


def page(form: Any, target: Target, request: Any, *, is_part: bool) -> dict[str, Any]:
    """Return the context of the page, or of its form alone in a dialog of another one."""
    is_direct = mode() == Contribution.Mode.DIRECT
    asked = {name: request.GET[name] for name in ("for", "token") if request.GET.get(name)}
    return {
        "form": form,
        "target": target,
        "is_part": is_part,
        "action": f"{request.path}?{urlencode(asked)}",
        "whom": _whom(target),
        "is_own": target.artist is not None and target.artist == request.user,
        "is_direct": is_direct,
        "price": told(form.price.least) if getattr(form, "price", None) else "",
        **shares(form, target.artist.name if target.artist else ""),
    }


def _whom(target: Target) -> str:
    if target.artist:
        return target.artist.name
    # A site that nobody pays directly takes nothing: what is given there is for charities.
    return settings.SITE_NAME if site_is_paid() else "a charity"


def shares(form: Form, artist: str) -> dict[str, Any]:
    """Return what the sliders need: rows, presets, and how amounts are written here."""
    names = {"artist": artist, "charity": "A charity", "platform": settings.SITE_NAME}
    amount, bps = _standing(form)
    found = parts(amount, *bps) if sum(bps) == WHOLE else None
    rows = [
        Row(kind, form[name], names[kind], told(found[kind]) if found else "")
        for name in SHARES
        if name in form.fields
        for kind in [name.removesuffix("_percent")]
    ]
    chosen = form["preset"].value()
    presets = [(words, told(minor), words == chosen) for words, minor in rules.presets()]
    return {
        "rows": rows,
        "presets": presets,
        "currency": currency(),
        "digits": digits(),
        "example": plain(750),
    }


def _standing(form: Form) -> tuple[int, tuple[int, int, int]]:
    """Return amount and basis points as the fields say now; zero for what cannot be read."""
    try:
        amount = max(0, read(form["amount"].value() or form["preset"].value() or "0"))
    except ValueError:
        amount = 0
    return amount, tuple(_bp(form, name) for name in SHARES)  # type: ignore[return-value]


def _bp(form: Form, name: str) -> int:
    if name not in form.fields:
        return 0
    try:
        found = form.fields[name].to_python(form[name].value())
    except ValidationError:
        return 0
    if not found or not found.is_finite() or not 0 <= found <= rules.HUNDRED:
        return 0
    return rules.to_bp(found)

"""Spans of figures as people write them: `120..128`, `..128`, `120..`, or one figure."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from django.db.models import Q

LONGEST_S = 24 * 3600
SPAN = re.compile(r"([^.]*(?:\.\d+)?)\.\.(.*)")


def ends_of(text: str) -> tuple[str, str]:
    """Return the two ends of `120..128`, `..128`, `120..`; both the same for one value."""
    found = SPAN.fullmatch(text.strip())
    least, most = (found[1].strip(), found[2].strip()) if found else (text.strip(), text.strip())
    if not least and not most:
        raise ValueError("Write a value, or two with two dots between them.")
    return least, most


def figure(text: str, least: float, most: float, sentence: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise ValueError(sentence) from None
    if not (value.is_finite() and least <= value <= most):
        raise ValueError(sentence)
    return value


def written(value: Decimal) -> str:
    return format(value.quantize(Decimal("0.1")).normalize(), "f")


def read_span(text: str, one: Callable[[str], Decimal], write: Callable[[Decimal], str]) -> str:
    """Return a span in one spelling. Raises ValueError where its ends are the wrong way round."""
    least, most = (one(end) if end else None for end in ends_of(text))
    if least is not None and most is not None:
        if least > most:
            raise ValueError(f"{write(least)} is more than {write(most)}: exchange them.")
        if least == most:
            return write(least)
    return f"{write(least) if least is not None else ''}..{write(most) if most is not None else ''}"


def in_figures(value: str) -> tuple[float | None, float | None]:
    least, most = ends_of(value)
    return (float(least) if least else None), (float(most) if most else None)


def between(column: str, least: float | None, most: float | None) -> Q:
    asked = {}
    if least is not None:
        asked[f"{column}__gte"] = least
    if most is not None:
        asked[f"{column}__lte"] = most
    return Q(**asked)


def span_words(value: str) -> str:
    """Return a span as people read it: 120–128, up to 90, from 150."""
    least, dots, most = value.partition("..")
    if not dots:
        return value
    return f"{least}–{most}" if least and most else f"from {least}" if least else f"up to {most}"


def seconds_of(text: str) -> Decimal:
    sentence = "Write a length in minutes and seconds, such as 3:30 or 2:00..4:00."
    minutes, _, rest = text.rpartition(":")
    whole = figure(rest, 0, LONGEST_S, sentence)
    for n, part in enumerate(reversed(minutes.split(":")) if minutes else (), 1):
        whole += figure(part, 0, LONGEST_S, sentence) * 60**n
    return figure(str(whole), 0, LONGEST_S, sentence)


def clock(seconds: Decimal) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"

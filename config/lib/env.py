"""Typed reading of the process environment."""

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_network


def text(name: str, default: str = "") -> str:
    """Return the variable's stripped text, or `default` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return True for 1, true, yes or on (any case); `default` when unset or empty."""
    value = text(name).lower()
    return value in {"1", "true", "yes", "on"} if value else default


def number(name: str, default: int) -> int:
    """Return the variable as a whole number.

    Raises ValueError with a sentence that names the variable when it is not one.
    """
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"{name} must be a whole number, not {value!r}.") from None


def prefix(name: str) -> str:
    """Return the variable as the beginning of paths: `/music`, or "" when unset or only a slash.

    Raises ValueError with a sentence that names the variable when it is no such path.
    """
    value = text(name).strip("/")
    if value and not re.fullmatch(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", value):
        raise ValueError(
            f"{name} must be a path of letters, digits, - and _, like /music, not {value!r}."
        )
    return f"/{value}" if value else ""


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts of the variable, without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def pairs(name: str) -> dict[str, list[str]]:
    """Return what the comma-separated parts of the variable say: `a=1, a=2` is `{"a": ["1", "2"]}`.

    Raises ValueError with a sentence that names the variable where a part is no pair.
    """
    found: dict[str, list[str]] = {}
    for word in words(name):
        key, _, value = word.partition("=")
        if not key.strip() or not value.strip():
            raise ValueError(f"{name} must hold pairs like name=key, with commas between them.")
        found.setdefault(key.strip(), []).append(value.strip())
    return found


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Return the comma-separated addresses and networks of the variable: `10.0.0.0/8, 2001:db8::1`.

    Raises ValueError with a sentence that names the variable when one is none.
    """
    found = []
    for word in words(name):
        try:
            found.append(ip_network(word, strict=False))
        except ValueError:
            raise ValueError(
                f"{name} must hold addresses and networks like 192.0.2.0/24, not {word!r}."
            ) from None
    return found


def rates(name: str) -> dict[str, int]:
    """Return the percentages of the variable, in basis points: `DE=19, FR=5.5, *=0`.

    Before the `=` stands a country (ISO 3166, two letters), or `*` for every other one. Raises
    ValueError with a sentence that names the variable when one is no such thing.
    """
    found = {}
    for word in words(name):
        told = re.fullmatch(r"([A-Z]{2}|\*)\s*=\s*(\d{1,2}(?:\.\d{1,2})?)", word)
        if told is None:
            raise ValueError(f"{name} must hold rates like DE=19 or *=0, not {word!r}.")
        whole, _, part = told[2].partition(".")
        found[told[1]] = int(whole) * 100 + int(part.ljust(2, "0"))
    return found

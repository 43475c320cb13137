"""Typed reading of the process environment."""

import os
import re


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

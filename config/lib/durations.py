"""Lengths of time, as standards write them."""


def iso_duration(milliseconds: int | str | None) -> str:
    """Write a length for `<time datetime>` (ISO 8601): PT222S."""
    return f"PT{round(int(milliseconds or 0) / 1000)}S"

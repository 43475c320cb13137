"""What upper apps do with their rows when a backup has come back."""

from collections.abc import Callable

Act = Callable[[], object]

AFTER: list[Act] = []


def after_restore(act: Act) -> None:
    """Let `act` mend what cannot be as it was: what is in no backup."""
    AFTER.append(act)

"""Passwords are hashed by the same Argon2, with a thousandth of its work."""

from collections.abc import Iterator
from contextlib import contextmanager

from social.accounts.hashers import TurnTakingArgon2


@contextmanager
def quick(*, memory_cost: int = 64, time_cost: int = 1, parallelism: int = 1) -> Iterator[None]:
    """Hash with these parameters (memory in KiB) meanwhile."""
    wanted = {"memory_cost": memory_cost, "time_cost": time_cost, "parallelism": parallelism}
    before = {name: getattr(TurnTakingArgon2, name) for name in wanted}
    try:
        for name, value in wanted.items():
            setattr(TurnTakingArgon2, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(TurnTakingArgon2, name, value)

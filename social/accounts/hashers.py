"""Argon2, two at a time.

One hash takes 100 MB and 50 ms or more of a core (RFC 9106, the second recommended option: that is
its purpose). Twenty at once took 800 MB and everybody's seconds; so the others wait their turn, and
who has waited for long is asked to come back.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher

from config.lib.problems import Problem

AT_ONCE = 2  # in each process
PATIENCE_SECONDS = 10.0
_turns = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """Wait until fewer than two are hashing. Raises the Problem `busy` (429) after ten seconds."""
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        sentence = "Too many people are signing in at this moment. Try again in a few seconds."
        raise Problem("busy", sentence, status=429, retry_after=5)
    try:
        yield
    finally:
        _turns.release()


class TurnTakingArgon2(Argon2PasswordHasher):
    """Django's hasher, which makes and checks the same hashes."""

    def encode(self, password: str, salt: str) -> str:
        """Return the hash."""
        with turn():
            encoded: str = super().encode(password, salt)
        return encoded

    def verify(self, password: str, encoded: str) -> bool:
        """Tell whether this is the password."""
        with turn():
            same: bool = super().verify(password, encoded)
        return same

"""Locks of the whole site, by name, held until the transaction ends."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

T = TypeVar("T")
TRIES = 3


def lock(name: str) -> None:
    """Wait for the lock of this name; needs a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def try_lock(name: str) -> bool:
    """Take the lock of this name if nobody holds it; needs a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        row = cursor.fetchone()
    return bool(row and row[0])


def once_more(deed: Callable[[], T]) -> T:
    """Do a deed in a transaction; where it and another one wait for each other, do it once more.

    PostgreSQL ends one of such two after a second, and nothing of that one is left. Only what
    begins the transaction can do this: inside of another one it is done once.
    """
    tries = 1 if connection.in_atomic_block else TRIES
    for left in reversed(range(tries)):
        try:
            with transaction.atomic():
                return deed()
        except OperationalError as error:
            if not (left and isinstance(error.__cause__, DeadlockDetected)):
                raise
    raise AssertionError("Every try returns or raises.")

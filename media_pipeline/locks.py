"""Locks of the whole site, by name, held until the transaction ends."""

from django.db import connection


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

"""What migrations put into the tables: kept in memory, and put back after each test that commits.

Django empties the tables after such a test, and the next one misses what the migrations filled; so
no order of tests but one would do. Here every test finds the database as the migrations left it.
"""

import os
from typing import Any

from django.db import connection, transaction
from psycopg import sql

_tables: list[str] = []
_kept: dict[str, bytes] = {}


def hurry() -> None:
    """Let a server of our own answer before the disk has the data: no test outlives its machine."""
    if os.environ.get("DATABASE_URL"):
        return
    with connection.cursor() as cursor:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute(f"ALTER SYSTEM SET {name} = off")
        cursor.execute("SELECT pg_reload_conf()")


def remember() -> None:
    """Keep every row there is; called once, when the migrations have run."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        _tables[:] = sorted(set(names) - {"django_migrations"})
        for table in _tables:
            data = _copied(cursor, table)
            if data:
                _kept[table] = data


def put_back(_case: object = None) -> None:
    """Leave in the tables what the migrations put there, and nothing else.

    As a replica the server checks no keys and fires no triggers, so the order does not matter.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        deletions = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in _tables]
        cursor.execute(sql.SQL("; ").join(deletions))
        for table, data in _kept.items():
            order = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
            with cursor.copy(order) as copy:
                copy.write(data)


def _copied(cursor: Any, table: str) -> bytes:
    with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
        return b"".join(bytes(block) for block in copy)

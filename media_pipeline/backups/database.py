"""The database's own tools, and the rows as one moment has them."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from media_pipeline.backups.errors import BackupError

# Nobody is signed in after a restore, and who failed to sign in is of no use elsewhere.
LEFT_OUT = (
    "django_session",
    "axes_accessattempt",
    "axes_accessattemptexpiration",
    "axes_accessfailurelog",
    "axes_accesslog",
)
LIBPQ = {"host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey"}
BEAT_SECONDS = 0.5
# An empty database with pgvector, which takes an owner to install (config.process.roles).
BLANK = "nexus_blank"


def program(name: str, *, at_least: int) -> str:
    """Return the path of one of PostgreSQL's own programs, of this major version or later.

    Raises BackupError with a sentence where there is none that fits.
    """
    found = []
    for path in _candidates(name):
        major = _major(path)
        if major >= at_least:
            return path
        found.append(f"{path} is of version {major}")
    raise BackupError(
        f"No {name} here fits PostgreSQL {at_least}: {'; '.join(found) or 'there is none'}. "
        f"Install PostgreSQL's own programs, {at_least} or later, and name their folder in "
        "NEXUS_PG_PROGRAMS."
    )


def server_major() -> int:
    """Return the major version of the server."""
    connection.ensure_connection()
    return connection.pg_version // 10000  # type: ignore[attr-defined,no-any-return]


def conninfo(name: str = "") -> str:
    """Return how libpq reaches the database, without its password; `name`: another one there."""
    words = {
        key: str(value)
        for key, value in connection.get_connection_params().items()
        if key in LIBPQ and value not in (None, "")
    }
    return make_conninfo(**words | ({"dbname": name} if name else {}))


@contextmanager
def snapshot() -> Iterator[tuple[psycopg.Connection[Any], str]]:
    """Hold one moment of the database; yield a connection that sees it, and its exported name."""
    with psycopg.connect(conninfo(), password=password()) as rows:
        rows.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        name = rows.execute("SELECT pg_export_snapshot()").fetchone()
        yield rows, str(name[0]) if name else ""


def count_rows(rows: psycopg.Connection[Any]) -> dict[str, int]:
    """Return how many rows each table of ours has, but for those that are left out."""
    tables = rows.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    counts = {}
    for (table,) in tables:
        if table not in LEFT_OUT:
            query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            row = rows.execute(query).fetchone()
            counts[table] = int(row[0]) if row else 0
    return counts


def dump(path: Path, snapshot_name: str, beat: Callable[[], None]) -> int:
    """Write the database as a snapshot has it; return the major version of what has written it."""
    tool = program("pg_dump", at_least=server_major())
    leave = [f"--exclude-table-data=public.{table}" for table in LEFT_OUT]
    options = ["--format=custom", "--compress=4", "--no-owner", "--no-privileges"]
    argv = [tool, *options, f"--snapshot={snapshot_name}", *leave, f"--file={path}"]
    _run([*argv, f"--dbname={conninfo()}"], beat)
    return _major(tool)


def load(path: Path, name: str, beat: Callable[[], None]) -> None:
    """Read a dump into an empty database, whole or not at all."""
    tool = program("pg_restore", at_least=server_major())
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    options += ["--no-comments"]
    _run([tool, *options, f"--dbname={conninfo(name)}", str(path)], beat)


@contextmanager
def throwaway(name: str) -> Iterator[None]:
    """Make a database beside ours, and remove it at the end. Raises BackupError."""
    made = sql.Identifier(beside(name))
    drop_throwaway(name)
    with psycopg.connect(conninfo("postgres"), password=password(), autocommit=True) as rows:
        try:
            blank = rows.execute(
                "SELECT FROM pg_database WHERE datname = %s AND datistemplate", [BLANK]
            ).fetchone()
            template = sql.Identifier("template0" if blank is None else BLANK)
            rows.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, template))
        except psycopg.errors.InsufficientPrivilege as error:
            raise BackupError(
                "The database's user may not make a database to try the backup in: give it "
                "CREATEDB."
            ) from error
        try:
            yield
        finally:
            rows.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(made))


def beside(name: str) -> str:
    """Return what a database for `name` is called beside ours: always the same for one role."""
    own = f"{connection.settings_dict['NAME']} {connection.settings_dict['USER']}"
    return f"{name}_{hashlib.sha256(own.encode()).hexdigest()[:8]}"


def drop_throwaway(name: str) -> None:
    """Remove what a killed drill has left, where there is anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [beside(name)])
        if cursor.fetchone() is None:
            return
    with psycopg.connect(conninfo("postgres"), password=password(), autocommit=True) as rows:
        gone = sql.Identifier(beside(name))
        rows.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(gone))


def empty() -> None:
    """Remove everything the database has."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def tables() -> list[str]:
    """Return the names of the tables that are there."""
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _candidates(name: str) -> Iterator[str]:
    inside = Path(settings.NEXUS_PG_PROGRAMS) / name if settings.NEXUS_PG_PROGRAMS else None
    if inside is not None and inside.is_file():
        yield str(inside)
    if found := shutil.which(name):
        yield found


def _major(path: str) -> int:
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"\) (\d+)", done.stdout)
    return int(number.group(1)) if number else 0


def _run(argv: list[str], beat: Callable[[], None]) -> None:
    """Run a program to its end, with a sign of life now and then; `beat` may raise to stop it."""
    env = {"LC_ALL": "C", "PATH": os.defpath, "PGPASSWORD": password()}
    with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True, env=env) as process:
        try:
            while True:
                try:
                    _, told = process.communicate(timeout=BEAT_SECONDS)
                    break
                except subprocess.TimeoutExpired:
                    beat()
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        words = told.strip()[-600:]
        raise BackupError(f"{Path(argv[0]).name} failed: {words}")


def password() -> str:
    """Return the password of the database's user, or nothing."""
    return str(settings.DATABASES["default"].get("PASSWORD") or "")

"""Two roles of the database: one owns the tables, the site's own may not rewrite what only grows.

The owner migrates and restores. The site reads and writes as the other: whatever a fault of ours or
a stranger's SQL does there, the ledger, the sealed log and decisions take rows and give none back.
It does not shut out who runs programs as the system user of the site: that one has the files too.
"""

from typing import Any

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from config.lib.health import Note, Trouble
from media_pipeline.backups.database import BLANK, conninfo, password

ALL = "SELECT, INSERT, UPDATE, DELETE"
# What a table gives the site beside reading it, where that is not everything.
LESS = {
    "economics_ledgeraccount": "INSERT",
    "economics_ledgertransaction": "INSERT",
    "economics_ledgerentry": "INSERT",
    "economics_batch": "INSERT",
    "economics_leaf": "INSERT",
    "media_pipeline_seal": "INSERT",
    "media_pipeline_sealedentry": "INSERT, UPDATE (seal_id)",
    "moderation_decision": "INSERT",
    "django_migrations": "",
}
LOCK = 0x6E657875
STATE = """
SELECT count(*) FILTER (WHERE NOT has_table_privilege(%(role)s, oid, 'SELECT')),
    count(*) FILTER (WHERE relname = ANY(%(less)s) AND has_table_privilege(%(role)s, oid,
        'UPDATE, DELETE, TRUNCATE, TRIGGER')),
    count(*) FILTER (WHERE relname = ANY(%(less)s) AND pg_has_role(%(role)s, relowner, 'MEMBER'))
FROM pg_class WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p', 'S')
"""


class Refused(Exception):
    """A sentence for the operator: what the database does not let us do."""


def site_role() -> str:
    """Return the role the site runs under; empty where its address names none."""
    return str(settings.SITE_ROLE)


def is_one() -> bool:
    """Tell whether the site's role is the one that owns the tables: then there is only one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'django_migrations'")
        row = cursor.fetchone()
    return not site_role() or (row is not None and row[0] == site_role())


def settle() -> None:
    """Let the site's role do what it has to do and no more; whoever calls this owns the tables.

    Nothing to do where there is one role, or all is granted already. Raises Refused.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        own = cursor.fetchone()[0]
    if site_role() in {"", own}:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            _make_role(cursor)
            if any(_state(cursor)):
                _grant(cursor)
    except DatabaseError as error:
        if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise Refused(_sentence(error)) from error
        raise
    _make_blank()


def check() -> str:
    """Say whether the site could rewrite what only grows; for the doctor."""
    if is_one():
        return Note(
            "One role owns the tables and runs the site: only triggers keep the ledger. "
            "NEXUS_OWNER_DATABASE_URL gives the owner a role of its own."
        )
    with connection.cursor() as cursor:
        unread, open_, owned = _state(cursor)
    remedy = "Run manage.py migrate as the owner of the tables (NEXUS_OWNER_DATABASE_URL)."
    if open_ or owned:
        raise Trouble(f"The role {site_role()} could rewrite the ledger.", remedy)
    if unread:
        raise Trouble(f"The role {site_role()} cannot read {unread} tables.", remedy)
    return f"The site runs as {site_role()}, which cannot rewrite the ledger"


def _state(cursor: Any) -> tuple[int, int, int]:
    """Return how many tables it cannot read, could rewrite and must not, and owns and must not."""
    cursor.execute(STATE, {"role": site_role(), "less": list(LESS)})
    unread, open_, owned = cursor.fetchone()
    return unread, open_, owned


def _make_role(cursor: Any) -> None:
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [site_role()])
    if cursor.fetchone() is None:
        words = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
        password = settings.SITE_PASSWORD or None
        cursor.execute(words.format(sql.Identifier(site_role()), sql.Literal(password)))


def _grant(cursor: Any) -> None:
    role = sql.Identifier(site_role())
    orders = [
        "GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT {ALL} ON ALL TABLES IN SCHEMA public TO {{role}}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    ]
    for order in orders:
        cursor.execute(sql.SQL(order).format(role=role))
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for table in sorted({name for (name,) in cursor.fetchall()} & set(LESS)):
        words = {"role": role, "table": sql.Identifier(table)}
        cursor.execute(sql.SQL("REVOKE ALL ON {table} FROM {role}").format(**words))
        given = ", ".join(filter(None, ["SELECT", LESS[table]]))
        cursor.execute(sql.SQL(f"GRANT {given} ON {{table}} TO {{role}}").format(**words))


def _make_blank() -> None:
    """Make the database a drill is a copy of, where we may; else a drill needs a superuser."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s AND datistemplate", [BLANK])
        if cursor.fetchone() is not None:
            return
    name = sql.Identifier(BLANK)
    words: dict[str, Any] = {"password": password(), "autocommit": True}
    try:
        with psycopg.connect(conninfo("postgres"), **words) as rows:
            rows.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
            rows.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
            with psycopg.connect(conninfo(BLANK), **words) as inside:
                inside.execute("CREATE EXTENSION vector")
            rows.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(name))
    except psycopg.Error:
        return


def _sentence(error: BaseException) -> str:
    told = str(error).strip().splitlines()[0]
    return (
        f"The rights of the role {site_role()} could not be given ({told}). As a superuser: "
        f"CREATE ROLE {site_role()} LOGIN CREATEDB PASSWORD '…'; then migrate as the owner."
    )

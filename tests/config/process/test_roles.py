"""The role the site runs under: it adds to what only grows, and rewrites none of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.errors import InsufficientPrivilege

from config import embedded
from config.lib.health import Note, Trouble
from config.process import roles
from economics.proofs import services as proofs
from media_pipeline.sealing import services as sealing
from tests.factories.economics import confirm, declare
from tests.factories.moderation import banned
from tests.sites import ROOT, database_url

GROWING = sorted(set(roles.LESS) - {"django_migrations"})
KEYS = {"economics_batch": "number", "economics_leaf": "transaction_id"}
ORDERS = [
    "UPDATE {0} SET {key} = {key}",
    "DELETE FROM {}",
    "TRUNCATE {} CASCADE",
    "MERGE INTO {} one USING (SELECT 1) two ON true WHEN MATCHED THEN DELETE",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "ALTER TABLE {} DISABLE TRIGGER USER",
    "ALTER TABLE {} OWNER TO nexus_site",
    "CREATE RULE nothing AS ON INSERT TO {} DO INSTEAD NOTHING",
    "DROP TABLE {} CASCADE",
    "SET nexus.rewrites_ledger = on; UPDATE {0} SET {key} = {key}",
]
WAYS_ROUND = [
    "SET session_replication_role = replica",
    "SET ROLE nexus",
    "SET SESSION AUTHORIZATION nexus",
    "ALTER ROLE nexus_site SUPERUSER",
    "GRANT nexus TO nexus_site",
    "ALTER SYSTEM SET session_replication_role = replica",
    "DROP FUNCTION nexus_ledger_guard CASCADE",
    "CREATE FUNCTION public.nexus_other() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA other",
    "ALTER DATABASE {database} SET session_replication_role = replica",
    "DELETE FROM django_migrations",
]


@pytest.fixture
def as_site(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the role that the site runs under."""
    with psycopg.connect(database_url(), autocommit=True) as rows:
        yield rows


def fill() -> None:
    """Let every table that only grows have rows."""
    confirm(declare(), fee=33)
    banned()
    assert proofs.close()
    assert sealing.close()


def rows_of(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {KEYS.get(table, 'id')}")
        return list(cursor.fetchall())


@pytest.mark.parametrize("filled", [True, False], ids=["filled", "empty"])
def test_it_rewrites_nothing_that_only_grows(
    as_site: psycopg.Connection[Any], filled: bool
) -> None:
    if filled:
        fill()
    for table in GROWING:
        before = rows_of(table)
        assert bool(before) is filled
        as_site.execute(f"GRANT ALL ON {table} TO nexus_site")  # a warning, and nothing else
        for order in ORDERS:
            with pytest.raises(InsufficientPrivilege):
                as_site.execute(order.format(table, key=KEYS.get(table, "id")))
        assert rows_of(table) == before


def test_it_finds_no_way_round(as_site: psycopg.Connection[Any]) -> None:
    for order in WAYS_ROUND:
        with pytest.raises(InsufficientPrivilege):
            as_site.execute(order.format(database=connection.settings_dict["NAME"]))


def test_an_entry_of_the_log_gets_its_seal_and_nothing_else(
    as_site: psycopg.Connection[Any],
) -> None:
    sealing.append(kind="test.done")
    as_site.execute("SELECT FROM media_pipeline_sealedentry FOR UPDATE")
    with pytest.raises(InsufficientPrivilege):
        as_site.execute("UPDATE media_pipeline_sealedentry SET kind = 'other'")
    digest = "INSERT INTO media_pipeline_seal (count, previous, digest, key, created_at)"
    made = as_site.execute(f"{digest} VALUES (1, '', '', '', now()) RETURNING id").fetchone()
    as_site.execute("UPDATE media_pipeline_sealedentry SET seal_id = %s", made)


@pytest.mark.django_db
def test_whatever_only_grows_is_kept_from_it() -> None:
    """A trigger that refuses UPDATE (16) and DELETE (8) belongs to a table of the list."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger "
            "WHERE tgname LIKE '%%only_grow%%' AND tgtype & 24 = 24"
        )
        assert {name for (name,) in cursor.fetchall()} == set(GROWING)


@pytest.mark.django_db
def test_the_doctor_says_whether_the_ledger_is_kept_from_the_site(settings: Any) -> None:
    assert not isinstance(roles.check(), Note)
    with connection.cursor() as cursor:
        cursor.execute("REVOKE SELECT ON economics_receipt FROM nexus_site")
        with pytest.raises(Trouble, match="cannot read 1 tables"):
            roles.check()
        cursor.execute("GRANT UPDATE ON economics_ledgerentry TO nexus_site")
        with pytest.raises(Trouble, match="could rewrite the ledger"):
            roles.check()
    roles.settle()
    roles.check()
    settings.SITE_ROLE = connection.settings_dict["USER"]
    assert isinstance(roles.check(), Note)


@pytest.mark.django_db
def test_a_new_role_is_made_with_its_password_or_asked_for(settings: Any) -> None:
    settings.SITE_ROLE, settings.SITE_PASSWORD = "nexus_other", "it's"
    roles.settle()
    roles.check()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcanlogin, rolsuper FROM pg_roles WHERE rolname = 'nexus_other'")
        assert cursor.fetchone() == (True, False)
        cursor.execute("SET LOCAL ROLE nexus_other")
    settings.SITE_ROLE = "nexus_third"
    with pytest.raises(roles.Refused, match="CREATE ROLE nexus_third LOGIN"):
        roles.settle()


@pytest.mark.parametrize(("role", "user"), [("owner", "keeper"), ("site", "site"), ("", "site")])
def test_only_who_owns_the_tables_has_the_address_of_the_owner(role: str, user: str) -> None:
    told = {
        "DATABASE_URL": "postgresql://site:one@host/nexus",
        "NEXUS_OWNER_DATABASE_URL": "postgresql://keeper:two@host/nexus",
        embedded.AS: role,
    }
    words = "from config.settings import data as d; print(d.DATABASES['default']['USER'])"
    done = subprocess.run(
        [sys.executable, "-c", f"{words}; print(d.SITE_ROLE, d.SITE_PASSWORD)"],
        env=os.environ | told,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [user, "site", "one"]

"""What has to be true before the first request is answered."""

import os
import sys

from config import embedded


def services() -> None:
    """Let the embedded services run for as long as this process; ends it with a sentence if not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        embedded.ensure()
    except embedded.EmbeddedError as refusal:
        sys.exit(str(refusal))


def refuse_unmigrated() -> None:
    """End this process, with a sentence, while a migration is unapplied or a restore is half."""
    refuse_half_restored()
    if waiting := unapplied():
        sys.exit(
            f"The database is behind the code: {len(waiting)} migrations are not applied "
            f"(first: {waiting[0]}). Run `manage.py migrate`; until then the site does not serve."
        )
    refuse_other_money()


def refuse_other_money() -> None:
    """End this process, with a sentence, where money or machines are set up so that they cannot be.

    Money that could not be counted, and machines that are none.
    """
    from django.core.checks import run_checks

    for error in run_checks(tags=["money", "machines"], databases=["default"]):
        sys.exit(f"{error.msg} {error.hint}")


def refuse_half_restored() -> None:
    """End this process, with a sentence, while a backup has come back only in part."""
    place = embedded.state_dir() / "restore-under-way"
    if place.exists():
        sys.exit(
            "A restore was broken off here. Begin it again (`manage.py restore TARGET`), and it "
            "goes on; until then the site does not serve."
        )


def unapplied() -> list[str]:
    """Return the names of the migrations that the database has not seen, oldest first."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]

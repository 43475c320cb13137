"""manage.py rotate_keys: seals every kept secret anew with the first key of NEXUS_KEY_FILE."""

from typing import Any

from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from psycopg import sql

from config.lib import cipher

ROWS_AT_ONCE = 500


class Command(BaseCommand):
    """After this, the older keys of the file are needed by nothing any more."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--new`."""
        parser.add_argument("--new", action="store_true", help="print a new key and do nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say how much was sealed anew; what cannot be read stays as it is, and is counted."""
        if options["new"]:
            self.stdout.write(Fernet.generate_key().decode())
            return
        done = lost = 0
        for field in cipher.sealed_fields():
            more = rotate(field)
            done, lost = done + more[0], lost + more[1]
        self.stdout.write(f"{done} secrets were sealed anew.")
        if lost:
            raise CommandError(f"{lost} cannot be read with the keys that are here.")


def rotate(field: cipher.SealedField) -> tuple[int, int]:
    """Seal one column anew, some rows at a time; return how many were, and how many unreadable."""
    meta = field.model._meta
    names = {"table": meta.db_table, "key": meta.pk.column or "", "column": field.column or ""}
    known = {name: sql.Identifier(text) for name, text in names.items()}
    page = sql.SQL(
        "SELECT {key}, {column} FROM {table} WHERE {column} <> '' AND (%s::text IS NULL OR "
        "{key} > %s) ORDER BY {key} LIMIT %s FOR UPDATE"
    ).format(**known)
    write = sql.SQL("UPDATE {table} SET {column} = %s WHERE {key} = %s").format(**known)
    done, lost, last = 0, 0, None
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(page, [None if last is None else "", last, ROWS_AT_ONCE])
            rows = cursor.fetchall()
            for key, sealed in rows:
                try:
                    cursor.execute(write, [cipher.rotate(sealed), key])
                    done += 1
                except cipher.Unreadable:
                    lost += 1
        if not rows:
            return done, lost
        last = rows[-1][0]

"""manage.py migrate: Django's own, and then what the site's role of the database may."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DatabaseError, connection

from config.process import roles


class Command(migrate.Command):
    """New tables come with migrations, and so do the rights to them."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then grant; a plan that is only shown grants nothing."""
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        try:
            roles.settle()
        except roles.Refused as refusal:
            raise CommandError(str(refusal)) from None
        self._make_indexes()

    def _make_indexes(self) -> None:
        """Make the index of a model that the site is newly set to: only the owner may."""
        from assistant.meaning.services import indexes

        if "assistant_embedding" in connection.introspection.table_names():
            try:
                made = indexes.make_all()
            except DatabaseError:  # an older migration was asked for, or another database
                return
            for model in made:
                self.stdout.write(f"  An index for the vectors of {model}.")

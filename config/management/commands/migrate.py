"""manage.py migrate: Django's own, and then what the site's role of the database may."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate

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

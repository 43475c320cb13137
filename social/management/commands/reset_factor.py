"""manage.py reset_factor HANDLE --reason …: forgets a second factor that was lost."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from social.models import User
from social.staff.services import factors


class Command(BaseCommand):
    """For whoever lost phone and recovery codes; the reason goes into the sealed log."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whose, and why."""
        parser.add_argument("handle")
        parser.add_argument("--reason", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it as the house, and say so; ends with 1 when there was nothing to do."""
        handle, reason = options["handle"].lstrip("@").lower(), options["reason"].strip()
        user = User.objects.filter(handle=handle).first()
        if user is None:
            raise CommandError(f"There is nobody called {handle}.")
        if not reason:
            raise CommandError("Say why: --reason.")
        system = User.objects.get(handle="system")
        if not factors.reset(person=user, by=system, reason=reason):
            raise CommandError(f"{handle} has no second factor.")
        self.stdout.write(
            f"{handle} signs in with the password alone now, and is signed out everywhere."
        )

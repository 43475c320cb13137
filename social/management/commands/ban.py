"""manage.py ban HANDLE --reason …: closes an account and everything that is its own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from social.accounts.services import bans
from social.models import User


class Command(BaseCommand):
    """What the admin does, for whoever has the machine; the reason goes into the sealed log."""

    help = __doc__
    done = "%s is banned: signed out everywhere, and all of theirs is closed."
    nothing_to_do = "%s is banned already, or an administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whom, and why."""
        parser.add_argument("handle")
        parser.add_argument("--reason", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what has become of the account; ends with 1 when nothing was done."""
        handle = options["handle"].lstrip("@").lower()
        user = User.objects.filter(handle=handle).first()
        if user is None:
            raise CommandError(f"There is nobody called {handle}.")
        if not options["reason"].strip():
            raise CommandError("Say why: --reason.")
        if not self.act(user, options["reason"].strip()):
            raise CommandError(self.nothing_to_do % handle)
        self.stdout.write(self.done % handle)

    def act(self, user: User, reason: str) -> bool:
        """Do it as the system; tells whether anything was done."""
        return bans.ban(user=user, by=User.objects.get(handle="system"), reason=reason)

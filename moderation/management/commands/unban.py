"""manage.py unban HANDLE --facts …: opens an account again, with everything that is its own."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from moderation.bans import services
from moderation.management.commands import ban
from social.models import User


class Command(ban.Command):
    """The other way round: a decision that undoes the one before."""

    help = __doc__
    done = "%s is let in again, and what was theirs is open as it was."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whom, and why."""
        parser.add_argument("handle")
        parser.add_argument("--facts", required=True, help="why it is undone")

    def act(self, user: User, options: dict[str, Any]) -> None:
        """Undo it as the house. Raises Problem, CommandError."""
        if not options["facts"].strip():
            raise CommandError("Say why: --facts.")
        if not services.unban(person=user, facts=options["facts"].strip()):
            raise CommandError(f"{user.handle} was not banned.")

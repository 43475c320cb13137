"""manage.py forget HANDLE --reason … [--now]: deletes an account, in 14 days or at once."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from config.lib.problems import Problem
from social.departure.services import asking, leaving
from social.management.commands import ban
from social.models import User


class Command(ban.Command):
    """What people do for themselves, for whoever has the machine; the reason is sealed."""

    help = __doc__
    nothing_to_do = "%s has left already."
    at_once = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whom, why, and when."""
        super().add_arguments(parser)
        parser.add_argument("--now", action="store_true", help="at once, and for good")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what has become of the account; ends with 1 when nothing was done."""
        self.at_once = options["now"]
        try:
            super().handle(*args, **options)
        except Problem as refusal:
            raise CommandError(refusal.detail) from refusal

    def act(self, user: User, reason: str) -> bool:
        """Do it as the system; tells whether anything was done."""
        system = User.objects.get(handle=asking.SYSTEM)
        if self.at_once:
            self.done = "%s is gone, with all that was theirs."
            return leaving.remove(person=user, by=system, reason=reason, at_once=True)
        if user.left_at:
            return False
        when = asking.ask(person=user, by=system, reason=reason)
        self.done = f"%s will be deleted on {when:%d %B %Y}, and is closed to others until then."
        return True

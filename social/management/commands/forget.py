"""manage.py forget HANDLE --reason … [--now]: deletes an account, in 14 days or at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.lib.problems import Problem
from social.departure.services import asking, leaving
from social.models import User


class Command(BaseCommand):
    """What people do for themselves, for whoever has the machine; the reason is sealed."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whom, why, and when."""
        parser.add_argument("handle")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--now", action="store_true", help="at once, and for good")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what has become of the account; ends with 1 when nothing was done."""
        handle = options["handle"].lstrip("@").lower()
        user = User.objects.filter(handle=handle).first()
        if user is None:
            raise CommandError(f"There is nobody called {handle}.")
        if not (reason := options["reason"].strip()):
            raise CommandError("Say why: --reason.")
        try:
            self.stdout.write(self.act(user, reason, at_once=options["now"]))
        except Problem as refusal:
            raise CommandError(refusal.detail) from refusal

    def act(self, user: User, reason: str, *, at_once: bool) -> str:
        """Do it as the system; return what was done. Raises CommandError, Problem."""
        system, handle = User.objects.get(handle=asking.SYSTEM), user.handle
        if at_once and leaving.remove(person=user, by=system, reason=reason, at_once=True):
            return f"{handle} is gone, with all that was theirs."
        if at_once or user.left_at:
            raise CommandError(f"{handle} has left already.")
        when = asking.ask(person=user, by=system, reason=reason)
        return f"{handle} will be deleted on {when:%d %B %Y}, and is closed to others until then."

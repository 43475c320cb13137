"""manage.py ban HANDLE --facts … --ground … --clause …: closes an account by a decision."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.lib.problems import Problem
from moderation.bans import services
from moderation.decisions.rules import REDRESS
from moderation.decisions.statements import Statement
from moderation.models import Decision, Reason
from social.models import User


class Command(BaseCommand):
    """What the desk does, for whoever has the machine: with reasons, told to whom it touches."""

    help = __doc__
    done = "%s is banned: signed out everywhere, and all of theirs is closed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whom, and the statement of reasons."""
        parser.add_argument("handle")
        parser.add_argument("--facts", required=True, help="what you found")
        parser.add_argument("--ground", required=True, choices=Decision.Ground.values)
        parser.add_argument("--clause", required=True, help="which clause, and why it applies")
        source = Decision.Source
        parser.add_argument("--source", choices=source.values, default=source.OWN)
        parser.add_argument("--reason", choices=Reason.values, default=Reason.OTHER)
        parser.add_argument("--territory", default="Everywhere", help="where it holds")
        parser.add_argument("--days", type=int, help="for how long; else until it is undone")
        parser.add_argument("--redress", default=REDRESS, help="what they can do about it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what has become of the account; ends with 1 when nothing was done."""
        handle = options["handle"].lstrip("@").lower()
        user = User.objects.filter(handle=handle).first()
        if user is None:
            raise CommandError(f"There is nobody called {handle}.")
        try:
            self.act(user, options)
        except Problem as refusal:
            raise CommandError(f"{handle}: {refusal.detail}") from None
        self.stdout.write(self.done % handle)

    def act(self, user: User, options: dict[str, Any]) -> None:
        """Decide it as the house. Raises Problem."""
        names = ("facts", "ground", "clause", "source", "territory", "days", "redress")
        said = Statement(**{name: options[name] for name in names})
        services.ban(person=user, reason=options["reason"], statement=said)

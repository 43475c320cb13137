"""manage.py api_token HANDLE: a key for a program that speaks for this person."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from social.accounts.services import tokens


class Command(BaseCommand):
    """Prints a bearer token as its last word; it is stored hashed and never shown again."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the person and what to do."""
        parser.add_argument("handle")
        parser.add_argument("--create", action="store_true", help="make an ordinary account first")
        parser.add_argument("--name", default="", help="what the token is for")
        parser.add_argument("--revoke", metavar="PREFIX", help="end the tokens that begin with it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Issue or revoke."""
        if options["revoke"] is not None:
            self._revoke(options["handle"], options["revoke"])
            return
        try:
            row, text = tokens.issue(
                handle=options["handle"], name=options["name"][:80], create=options["create"]
            )
        except tokens.NoSuchPerson as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"A token for {row.user.handle}, shown only this once: {text}")

    def _revoke(self, handle: str, prefix: str) -> None:
        count = tokens.revoke(handle=handle, prefix=prefix)
        if not count:
            raise CommandError(f"{handle} has no live token that begins with {prefix!r}.")
        self.stdout.write(f"Revoked {count} token{'s' if count > 1 else ''}.")

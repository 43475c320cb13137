"""manage.py contribution confirm ID --reference R: says what became of a contribution."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.lib.problems import Problem
from economics.contributions import presenters, services
from economics.models import Contribution
from economics.money import read
from economics.providers.manual import is_by_hand
from economics.providers.services import ask_to_give_back


class Command(BaseCommand):
    """What finance does in the admin, for whoever has the machine: confirm, cancel, refund."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is done, the id, and by which reference."""
        acts = parser.add_subparsers(dest="act", required=True)
        confirm = acts.add_parser("confirm", help="It has come in.")
        confirm.add_argument("id", type=UUID)
        confirm.add_argument("--reference", required=True, help="By what it came in: a transfer.")
        confirm.add_argument("--fee", default="0", help="What the provider kept: 0.35")
        refund = acts.add_parser("refund", help="All of it was given back.")
        refund.add_argument("id", type=UUID)
        refund.add_argument("--reference", required=True, help="By what it went back.")
        cancel = acts.add_parser("cancel", help="Nothing came in.")
        cancel.add_argument("id", type=UUID)

    def handle(self, *_args: Any, **given: Any) -> None:
        """Do it, and tell how it stands."""
        try:
            found = self._do(given)
        except Contribution.DoesNotExist:
            raise CommandError("There is no such contribution.") from None
        except (Problem, ValueError) as refusal:
            raise CommandError(str(refusal)) from None
        shown = presenters.line(found)
        parts = ", ".join(f"{part.name} {part.amount}" for part in shown.parts if part.cents)
        self.stdout.write(f"{found.get_status_display()}: {shown.amount}. {parts}.")

    def _do(self, given: dict[str, Any]) -> Contribution:
        key = given["id"]
        if given["act"] == "confirm":
            return services.confirm(key, reference=given["reference"], fee=read(given["fee"]))
        if given["act"] == "refund":
            return self._refund(key, given["reference"])
        return services.cancel(key)

    def _refund(self, key: UUID, reference: str) -> Contribution:
        given = Contribution.objects.get(pk=key)
        if is_by_hand(given):
            return services.refund(key, reference=reference)
        ask_to_give_back(given)
        self.stdout.write(f"{given.provider} is asked to give it back; --reference is theirs.")
        return given

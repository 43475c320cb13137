"""manage.py models: which models have made what; everything of one of them taken back.

`list` shows each with what there is of it, `withdraw PROVIDER MODEL [VERSION]` takes back its
transcripts that nobody edited, its open suggestions and its vectors. What owners took stays.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistant.runs import services
from assistant.runs.selectors import Model, accepted_of, figures, runs_of


class Command(BaseCommand):
    """Reads and withdraws what models have made, as the machine's owner says."""

    help = __doc__.partition("\n")[0]

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and with which model."""
        commands = parser.add_subparsers(dest="what", required=True)
        commands.add_parser("list", help="each model, and what there is of it")
        withdraw = commands.add_parser("withdraw", help="take back all that one has made")
        withdraw.add_argument("provider")
        withdraw.add_argument("model")
        withdraw.add_argument("version", nargs="?", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it."""
        if options["what"] == "list":
            self._list()
        else:
            self._withdraw(Model(options["provider"], options["model"], options["version"]))

    def _list(self) -> None:
        for row in figures():
            self.stdout.write(
                f"{row.key.words}: {row.runs} runs, {row.withdrawn} withdrawn; "
                f"{row.transcripts} transcripts and {row.edited} edited ones, "
                f"{row.suggestions} open suggestions, {row.accepted} taken, {row.vectors} vectors"
            )

    def _withdraw(self, model: Model) -> None:
        if not runs_of(model).exists():
            raise CommandError("This model has made nothing that could go.")
        gone = services.withdraw(model)
        self.stdout.write(
            f"Withdrawn: {gone.transcripts} transcripts, {gone.suggestions} suggestions and "
            f"{gone.vectors} vectors of {gone.runs} runs. {accepted_of(model).count()} suggestions "
            "that owners took stay."
        )

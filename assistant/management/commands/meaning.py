"""manage.py meaning status|fill|index: passages, and their vectors."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from assistant.chunks import services as chunks
from assistant.meaning.services import filling, indexes
from assistant.models import Chunk


class Command(BaseCommand):
    """`status`: how far each model is. `fill`: make all that is missing, now.

    `index`: make the index of each model that has none, as the owner of the tables.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("what", choices=("status", "fill", "index"))

    def handle(self, *_args: Any, what: str, **_options: Any) -> None:
        """Do it, and say how far it is."""
        {"status": self._status, "fill": self._fill, "index": self._index}[what]()

    def _status(self) -> None:
        self.stdout.write(f"{Chunk.objects.count():,} passages")
        for model, of, made in filling.progress():
            has_one = "indexed" if indexes.has_one(model) else "no index"
            share = f"{made:,} of {of:,} vectors"
            self.stdout.write(f"{model} ({model.dimensions}): {model.state}, {share}, {has_one}")

    def _fill(self) -> None:
        chunks.look_over()
        while chunks.work_off(1_000):
            self.stdout.write(f"{Chunk.objects.count():,} passages …")
        while filling.work_off(10):
            self._status()
        self._status()

    def _index(self) -> None:
        try:
            made = indexes.make_all()
        except DatabaseError as error:
            sentence = "Only the owner of the tables makes an index (NEXUS_OWNER_DATABASE_URL)."
            raise CommandError(sentence) from error
        self.stdout.write(f"{len(made)} indexes made")

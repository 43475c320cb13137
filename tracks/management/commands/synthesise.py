"""manage.py synthesise --tracks N: make a library up, to see how a site does with so many pieces.

It works under a running site, and fills *up to* N. A site with pieces of people is refused.
"""

import sys
import time
from argparse import ArgumentParser
from contextlib import nullcontext
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.lib.terminal import Bar
from tracks.search.services import known_words
from tracks.synthetic import services
from tracks.synthetic.sounds import Sounds, index_made_afterwards


class Command(BaseCommand):
    """Made-up artists, releases, pieces, tags and credits; all pieces share one sound.

    With --descriptors each sounds apart instead, to be found by sound; none of them plays.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number."""
        parser.add_argument("--tracks", type=int, required=True, help="how many there are to be")
        parser.add_argument(
            "--descriptors", action="store_true", help="pieces that sound apart, and do not play"
        )
        parser.add_argument("--yes", action="store_true", help="even beside pieces of people")

    def handle(
        self, *_args: Any, tracks: int, descriptors: bool, yes: bool, **_options: Any
    ) -> None:
        """Fill up, with a bar."""
        if not 0 < tracks <= 5_000_000:
            raise CommandError("Say a number from 1 to 5,000,000.")
        if services.real() and not yes:
            raise CommandError("There are pieces of people here. Say --yes to add others to them.")
        began = services.made()
        if began >= tracks:
            self.stdout.write(f"There are {began:,} made-up pieces already.")
            return
        if services.any_sound() is None:
            call_command("demo", stdout=self.stdout)
        asset = services.any_sound()
        if asset is None:
            raise CommandError("No piece has been processed yet. Start the site, then try again.")
        begun = time.monotonic()
        library = services.Library(asset, began, sounds=Sounds(asset) if descriptors else None)
        apart = index_made_afterwards() if descriptors else nullcontext()
        with apart, Bar(sys.stderr) as bar:
            library.fill(
                tracks, lambda made: bar.show(f"{made:,} pieces", made - began, tracks - began)
            )
        known_words.learn_all()
        with connection.cursor() as cursor:  # plans go by what is known of the tables
            cursor.execute("ANALYZE")
        self.stdout.write(f"Made {tracks - began:,} pieces in {time.monotonic() - begun:.0f} s.")

"""manage.py storage [--sweep] [--scrub] [--delete-orphans [--yes]] [--json]: what lies there."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.lib.templatetags.nexus import size
from config.lib.terminal import Bar
from media_pipeline.audit import selectors
from media_pipeline.audit.presenters import StorageOverview, overview
from media_pipeline.audit.services import orphans, scrub, sweep
from media_pipeline.models import StorageFinding

SHOWN = 50  # findings of a kind
ROW = "{:20} {:>10} {:>10} {:>7}"
WORDS = StorageFinding.Kind


class Command(BaseCommand):
    """Shows bytes by kind, and where bytes and rows do not fit together, as last counted.

    With --sweep it is counted now, with --scrub every original is read and compared with its
    checksum. Nothing is deleted but by --delete-orphans --yes: bytes that no row has known for a
    day.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is to be done first, and how it is written."""
        parser.add_argument("--sweep", action="store_true", help="count and compare now")
        parser.add_argument("--scrub", action="store_true", help="read every original now")
        parser.add_argument(
            "--delete-orphans", action="store_true", help="say what would be deleted"
        )
        parser.add_argument("--yes", action="store_true", help="and delete it")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what was asked, then write down how the storage stands."""
        if options["yes"] and not options["delete_orphans"]:
            raise CommandError("--yes belongs to --delete-orphans.")
        if options["sweep"]:
            with Bar(sys.stderr) as bar:
                sweep.sweep(bar.show)
        if options["scrub"]:
            self._scrub()
        done = self._delete(yes=options["yes"]) if options["delete_orphans"] else {}
        found = overview()
        if options["json"]:
            rows = [_as_words(finding) for finding in _findings().iterator()]
            self.stdout.write(_as_json({**found, **done, "found": rows}))
            return
        self._write(found)
        for sentence in done.values():
            self.stdout.write(str(sentence))

    def _scrub(self) -> None:
        now = timezone.now()
        total = selectors.due_for_scrub(now).count()
        with Bar(sys.stderr) as bar:
            scrub.scrub(
                before=now,
                on_file=lambda done: bar.show("reading", done.files, max(total, done.files)),
            )

    def _delete(self, *, yes: bool) -> dict[str, str]:
        if yes:
            removed = orphans.remove_orphans()
            wait = " A backup is being made: ask again when it is done." if removed.held else ""
            return {"deleted": f"Deleted {removed.count} files, {size(removed.bytes)}.{wait}"}
        count, total = 0, 0
        for finding in orphans.removable():
            count, total = count + 1, total + finding.size
        return {
            "would_delete": f"Would delete {count} files, {size(total)}: bytes that no row has "
            "known for a day. Add --yes to do it."
        }

    def _write(self, found: StorageOverview) -> None:
        if found["counted_at"] is None:
            self.stdout.write("Nothing was counted yet. Add --sweep to do it now.")
        else:
            moment = timezone.localtime(found["counted_at"])
            self.stdout.write(f"Counted {moment:%Y-%m-%d %H:%M}")
            self.stdout.write(ROW.format("KIND", "FILES", "SIZE", "SHARE"))
            for row in found["kinds"]:
                share = f"{row['percent']} %"
                self.stdout.write(ROW.format(row["label"], row["files"], size(row["bytes"]), share))
            self.stdout.write(ROW.format("All", found["files"], size(found["bytes"]), ""))
        for kind in WORDS:
            count = found["findings"][kind]
            self.stdout.write(f"{kind.label}: {count}")
            for finding in _findings().filter(kind=kind)[:SHOWN]:
                self.stdout.write(f"  {finding.key}  {size(finding.size)}")
            if count > SHOWN:
                self.stdout.write(f"  and {count - SHOWN} more; --json lists them all")


def _findings() -> Any:
    return StorageFinding.objects.order_by("kind", "key")


def _as_words(finding: StorageFinding) -> dict[str, Any]:
    names = ("kind", "key", "size", "asset_id", "found_at", "seen_at")
    return {name: getattr(finding, name) for name in names}


def _as_json(words: Any) -> str:
    def plain(value: Any) -> str:
        return value.isoformat() if hasattr(value, "isoformat") else str(value)

    return json.dumps(words, default=plain, indent=2)

"""manage.py doctor: what is in order, and what to do about the rest."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from config.lib.health import Finding, findings


class Command(BaseCommand):
    """Prints one line for each check; exits 1 when something is red."""

    help = __doc__
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run every check of the registry."""
        found = findings()
        for finding in found:
            self._print(finding)
        if any(finding.level == "red" for finding in found):
            sys.exit(1)

    def _print(self, finding: Finding) -> None:
        paint = {
            "ok": self.style.SUCCESS,
            "note": self.style.WARNING,
            "warn": self.style.WARNING,
            "red": self.style.ERROR,
        }
        word = paint[finding.level](f"{finding.level:5}")
        self.stdout.write(f"{word} {finding.name:11} {finding.sentence}")
        if finding.remedy:
            self.stdout.write(f"{'':18}{finding.remedy}")

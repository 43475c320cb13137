"""A provider for tests and development: it does what it is asked, and tells what it is made to.

Offered only with NEXUS_TEST_PROVIDER=1. Whatever it is asked is a line in a file of the state
folder, so that a test sees what was asked by a process that has died since.
"""

import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from economics.models import Contribution
from economics.providers.registry import Started, Told, register


class Driver:
    """Every key has one answer, however often it is used."""

    name = "test"
    label = "Test"

    def start(self, given: Contribution, key: str) -> Started:
        """Begin; nobody pays anything."""
        self._asked("start", given, key)
        return Started("Nobody has to pay here: this is a test.", reference=f"start {key}")

    def refund(self, given: Contribution, key: str) -> str:
        """Give back what nobody has paid."""
        self._asked("refund", given, key)
        return f"refund {key}"

    def read(self, body: bytes) -> Told:
        """Read the members of `Told` as JSON."""
        try:
            words = json.loads(body)
            numbers = [words["number"], words.get("fee", 0)]
            told = Told(
                id=words["id"],
                number=words["number"],
                kind=words["kind"],
                contribution=UUID(words["contribution"]),
                reference=words["reference"],
                fee=words.get("fee", 0),
            )
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"This is no event: {error}.") from error
        if any(type(number) is not int for number in numbers):
            raise ValueError("A number is a whole one.")
        return told

    def asked(self) -> list[dict[str, Any]]:
        """Return everything it was asked, the oldest first."""
        lines = self._file().read_text().splitlines() if self._file().exists() else []
        return [json.loads(line) for line in lines]

    def _asked(self, what: str, given: Contribution, key: str) -> None:
        line = json.dumps({"what": what, "contribution": str(given.pk), "key": key}) + "\n"
        handle = os.open(self._file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(line)

    def _file(self) -> Path:
        return Path(settings.STATE_DIR) / "test-provider.jsonl"


def register_all() -> None:
    """Offer it where the environment asks for it."""
    if settings.NEXUS_TEST_PROVIDER:
        register(Driver())

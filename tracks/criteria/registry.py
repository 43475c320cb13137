"""What a rule can ask of a track. An app adds its own fields in `AppConfig.ready`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

OPERATORS = {
    "is": "is",
    "not": "is not",
    "least": "is at least, or since",
    "most": "is at most, or until",
    "fits": "goes with",
}
# What a value is written as; the editor offers what suits it.
NUMBER, TEXT, DAY, CHOICE = "number", "text", "day", "choice"


@dataclass(frozen=True)
class Field:
    """One thing to ask of tracks.

    `read` makes of what a person wrote the value that is kept (a text of at most 200 characters),
    and raises ValueError with a sentence; `matching` makes of an operator and a kept value the Q of
    the tracks that are so. `not` is the opposite of `is`, and is made of it. A Q must find its rows
    by an index, or by what stands in the track's own row: it is asked of every list, each time.
    """

    name: str
    label: str
    operators: Sequence[str]
    read: Callable[[str], str]
    matching: Callable[[str, str], Q]
    kind: str = TEXT
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()

    def asked(self, operator: str, value: str) -> Q:
        """Return the Q of the tracks that are as the operator and the value say."""
        if operator == "not":
            return ~self.matching("is", value)
        return self.matching(operator, value)


FIELDS: dict[str, Field] = {}


def register(*fields: Field) -> None:
    """Let rules ask this, in this order. Raises ValueError for a name given twice."""
    for field in fields:
        if field.name in FIELDS:
            raise ValueError(f"There are two fields called {field.name!r}.")
        unknown: Any = set(field.operators) - OPERATORS.keys()
        if unknown:
            raise ValueError(f"No operator is called {sorted(unknown)}.")
        FIELDS[field.name] = field

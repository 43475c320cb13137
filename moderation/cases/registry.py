"""What in a case can wait for moderators: one entry for each kind, by which the queue is filtered.

A later noun joins with one more `register`, from its app's `ready`: its rows that wait, each of
which names its case.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from moderation.models import Appeal, Decision, Suggestion, Talk


@dataclass(frozen=True)
class Waiting:
    """A kind: its word in the address, its name in the filter, its mark in the queue.

    `rows` are all rows that wait, with a column `case`. What `is_asked_after_the_end` waits in
    closed cases, too.
    """

    name: str
    label: str
    mark: str
    rows: Callable[[], Any]
    is_asked_after_the_end: bool = False

    def condition(self) -> Exists:
        """Return whether something of this kind waits in a case of the outer query."""
        return Exists(self.rows().filter(case=OuterRef("pk")))


WAITING: dict[str, Waiting] = {}


def register(kind: Waiting) -> None:
    """Say what can wait. Raises ValueError for a name given twice."""
    if kind.name in WAITING:
        raise ValueError(f"There are two kinds called {kind.name}.")
    WAITING[kind.name] = kind


def register_all() -> None:
    """Say what there is."""
    unanswered, unseen = {"answered_at": None}, {"dismissed_at": None}
    register(Waiting("appeals", "Appeals", "appeal", lambda: Appeal.objects.filter(**unanswered)))
    held = Decision.objects.in_force().filter(kind=Decision.Kind.HOLD)
    register(Waiting("held", "Held", "held", held.all))
    talks = Waiting("answers", "Answers", "answer", lambda: Talk.objects.filter(waits=True), True)
    register(talks)
    register(
        Waiting(
            "suggestions",
            "Suggestions",
            "suggested",
            lambda: Suggestion.objects.filter(**unseen),
        )
    )

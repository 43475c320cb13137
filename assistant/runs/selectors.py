"""Models by what they have made."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet

from assistant.models import Embedding, ModelRun, Suggestion, Transcript

LISTED = 200


class Model(NamedTuple):
    """What tells one model from another."""

    provider: str
    model: str
    version: str = ""

    @property
    def words(self) -> str:
        """Return what it is called."""
        return " ".join(dict.fromkeys(word for word in self if word))


@dataclass(frozen=True)
class Figures:
    """What there is of one model: runs, those taken back, and what its others have made."""

    key: Model
    runs: int
    withdrawn: int
    transcripts: int
    edited: int
    suggestions: int
    accepted: int
    vectors: int
    last: Any

    @property
    def can_go(self) -> int:
        """Return how many runs are not taken back."""
        return self.runs - self.withdrawn


def runs_of(model: Model) -> QuerySet[ModelRun]:
    """Return the runs of one model that are not withdrawn."""
    return ModelRun.objects.filter(**model._asdict(), withdrawn_at=None)


def figures(only: Model | None = None) -> list[Figures]:
    """Return all models, or one, with counts; five queries for however many."""
    rows = ModelRun.objects.all()
    if only:
        rows = rows.filter(**only._asdict())
    grouped = (
        rows.order_by()
        .values(*Model._fields)
        .annotate(
            runs=Count("pk"),
            withdrawn=Count("pk", filter=~Q(withdrawn_at=None)),
            last=Max("made_at"),
        )
    )
    made = Transcript.objects.exclude(run=None)
    edited = _by_model(made.exclude(edited_at=None))
    heard = _by_model(made.filter(edited_at=None))
    states = Suggestion.State
    said = _by_model(Suggestion.objects.filter(state=states.OPEN))
    taken = _by_model(Suggestion.objects.filter(state=states.ACCEPTED))
    vectors = _by_model(Embedding.objects.exclude(run=None))
    found = []
    for row in grouped.order_by(*Model._fields)[:LISTED]:
        key = Model(*(row[name] for name in Model._fields))
        found.append(
            Figures(
                key,
                runs=row["runs"],
                withdrawn=row["withdrawn"],
                transcripts=heard.get(key, 0),
                edited=edited.get(key, 0),
                suggestions=said.get(key, 0),
                accepted=taken.get(key, 0),
                vectors=vectors.get(key, 0),
                last=row["last"],
            )
        )
    return found


def accepted_of(model: Model) -> QuerySet[Suggestion]:
    """Return what owners took of one model: it stays, for it is what they say."""
    of_run = {f"run__{name}": value for name, value in model._asdict().items()}
    rows = Suggestion.objects.filter(state=Suggestion.State.ACCEPTED, **of_run)
    return rows.select_related("track", "run").order_by("-decided_at", "-pk")


def _by_model(rows: QuerySet[Any]) -> dict[Model, int]:
    names = [f"run__{name}" for name in Model._fields]
    counted: Iterable[Any] = rows.order_by().values_list(*names).annotate(count=Count("pk"))
    return {Model(*row[:3]): row[3] for row in counted}

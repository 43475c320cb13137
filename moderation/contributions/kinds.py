"""What was declared as given is a case until it has come in, or is waited for no more.

Economics tells what has happened, and knows nothing of cases. Finance writes down what came in;
moderators see what waits, and whoever declares for fun.
"""

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from economics.events import CANCELLED, CONFIRMED, DECLARED
from economics.models import Contribution
from economics.money import told
from economics.providers.manual import reference_of
from media_pipeline.events.rounds import register_reader
from media_pipeline.models import Event
from moderation.cases.registry import Waiting
from moderation.cases.registry import register as register_waiting
from moderation.cases.services import locked, open_case, settle
from moderation.models import Case, Reason, Scope
from moderation.things import KINDS, Kind, find, register

ENDS = (CONFIRMED, CANCELLED)


def follow(event: Event) -> None:
    """Open a case of what was declared; close it once that has an end."""
    row = find(Scope.CONTRIBUTION, event.subject.partition(":")[2])  # type: ignore[arg-type]
    if row is None:
        return
    waits = row.status == Contribution.Status.DECLARED
    if event.kind == DECLARED and waits and row.mode == Contribution.Mode.POOLED:
        open_case(kind=KINDS[Scope.CONTRIBUTION], row=row, reason=Reason.OTHER)
    elif event.kind in ENDS:
        _close(row)


@transaction.atomic
def _close(row: Contribution) -> None:
    about = Case.objects.filter(target=Scope.CONTRIBUTION, target_id=row.pk)
    if case := about.filter(state=Case.State.OPEN).first():
        settle(locked(case))


def _waiting() -> QuerySet[Case]:
    """Return the open cases of contributions, each as a row that names its case."""
    found = Case.objects.filter(target=Scope.CONTRIBUTION, state=Case.State.OPEN)
    return found.annotate(case=F("pk"))


def _title(row: Contribution) -> str:
    """Name it without anybody’s name: a case lives longer than an account."""
    return f"{told(row.amount, row.currency)}, {reference_of(row)}"


def register_all() -> None:
    """Say what it is, that it can wait, and which events are read."""
    rows = Contribution.objects.select_related("giver")
    register(
        Kind(
            Scope.CONTRIBUTION,
            rows.all,
            lambda _viewer: Contribution.objects.none(),  # nobody reports one
            lambda row: row.giver,
            _title,
            lambda row: reverse("admin:economics_contribution_change", args=[row.pk]),
            is_private=True,
        )
    )
    register_waiting(Waiting("contributions", "Contributions", "contribution", _waiting))
    sentence = "Brings what was declared as given before the moderators"
    register_reader("cases-of-contributions", follow, sentence, kinds=(DECLARED, *ENDS))

"""What of a case nothing plays any more, because a decision in force has closed it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from moderation.decisions.rules import CLOSE
from moderation.models import Case, Decision, Scope
from moderation.parts import moments_of
from tracks.models import TrackVersion

BEFORE_MS = 5000  # it is heard from so long before the moment


@dataclass(frozen=True)
class Passage:
    """A version that a decision closes, wholly or for a moment, and from where it is heard."""

    version: TrackVersion
    decision: Decision
    at_ms: int

    @property
    def anchor(self) -> str:
        """Return what names it on a page."""
        return f"{self.decision.pk}-{self.version.pk}"


def passages_of(case: Case, row: Any, at_ms: int | None = None) -> list[Passage]:
    """Return what moderators hear of the original in this case; at most three queries.

    A muted moment from a little before it; what is closed as a whole likewise from `at_ms`, where
    somebody reported a moment, else from its beginning.
    """
    if row is None:
        return []
    versions = [version for _, version in moments_of(case.target, row)]
    tracks = {version.track_id for version in versions}
    keys = [version.pk for version in versions]
    about = Q(scope__in=[Scope.MOMENT, Scope.VERSION], target_id__in=keys)
    about |= Q(scope=Scope.TRACK, target_id__in=tracks)
    closing = Decision.objects.in_force().filter(about, kind__in=CLOSE).order_by("pk")
    found = []
    for decision in closing if keys else ():
        begins = at_ms if decision.at_ms is None else decision.at_ms
        found += [
            Passage(version, decision, max(0, (begins or 0) - BEFORE_MS))
            for version in versions
            if decision.target_id in {version.pk, version.track_id}
        ]
    return found

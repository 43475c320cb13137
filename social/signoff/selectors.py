"""Finding where a track stands, and who has a say in it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from social.models import Approver, Reviewer, SignOff, Stage, User
from social.signoff.workflow import Act, SignOffState, state
from tracks import access
from tracks.models import Track

HISTORY = 20  # acts shown on the page; all of them count


@dataclass(frozen=True)
class Board:
    """The sign-off of one track."""

    track: Track
    state: SignOffState
    approvers: list[User]
    history: list[SignOff]

    @property
    def steps(self) -> list[tuple[str, str, str]]:
        """Return the four stages: value, name, and `done`, `here` or `ahead`."""
        here = Stage.values.index(self.state.stage)
        final = self.state.is_approved
        return [
            (value, name, "done" if n < here or final else "here" if n == here else "ahead")
            for n, (value, name) in enumerate(Stage.choices)
        ]

    @property
    def words(self) -> list[tuple[User, str]]:
        """Return each approver with what they have said of the shown version."""
        now = self.state
        return [
            (
                person,
                "signed"
                if person.pk in now.signed
                else "declined"
                if person.pk in now.declined
                else "",
            )
            for person in self.approvers
        ]

    @property
    def earlier(self) -> list[tuple[str, str]]:
        """Return value and name of the stages it may be sent back to."""
        return [(value, Stage(value).label) for value in self.state.earlier()]

    @property
    def next_name(self) -> str:
        """Return the name of the stage that comes next; empty at the end."""
        names = [str(name) for _, name, state in self.steps if state == "ahead"]
        return names[0] if names else ""

    @property
    def stage_name(self) -> str:
        """Return the name of the stage it is at."""
        return str(Stage(self.state.stage).label)

    def names(self, user: Any) -> bool:
        """Tell whether this person is an approver."""
        return any(person.pk == user.pk for person in self.approvers)


def board(track: Track) -> Board:
    """Return the sign-off of the track; two queries."""
    named = Approver.objects.filter(track=track).select_related("user").order_by("pk")
    approvers = [row.user for row in named]
    rows = SignOff.objects.filter(track=track).select_related("by", "version").order_by("pk")
    acts = list(rows)
    data = (Act(row.act, row.stage, row.by_id, row.version_id) for row in acts)
    now = state(data, [person.pk for person in approvers], track.primary_version_id)
    return Board(track, now, approvers, acts[: -HISTORY - 1 : -1])


def has_a_say(track: Track, user: access.User) -> bool:
    """Tell whether this person follows the sign-off: the owner, approvers and reviewers."""
    if not user.is_authenticated:
        return False
    if user.pk == track.owner_id:
        return True
    asked = Reviewer.objects.filter(track=track, user_id=user.pk).values("track")
    named = Approver.objects.filter(track=track, user_id=user.pk).values("track")
    return bool(asked.union(named, all=True)[:1])


def signable_by(user: Any) -> QuerySet[Track]:
    """Return the tracks on which this person may act: their own, and those they are to sign."""
    named = Approver.objects.filter(user_id=user.pk).values("track")
    mine = Q(owner_id=user.pk) | Q(pk__in=named)
    return Track.objects.visible_to(user).filter(mine)

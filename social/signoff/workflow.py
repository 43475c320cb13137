"""Where a track stands on its way from draft to approved: what follows from the acts alone.

A track waits at a gate (draft, mix or master). Its approvers sign the version that is shown; when
the last of them has signed, it moves to the next gate, and from the last one it is approved. What
was signed for one version counts for no other: a new one asks everybody again, and takes the
approval back until it has its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

DRAFT, MIX, MASTER, APPROVED = STAGES = ("draft", "mix", "master", "approved")
GATES = STAGES[:-1]
SIGNED, DECLINED, WITHDRAWN = "signed", "declined", "withdrawn"
ADVANCED, RETURNED = "advanced", "returned"


@dataclass(frozen=True)
class Act:
    """One row: who did what, about which stage, and on which version."""

    kind: str
    stage: str
    by: UUID
    version: UUID | None = None


@dataclass(frozen=True)
class SignOffState:
    """Where the track stands: its stage, and whose word is there or still missing."""

    stage: str
    signed: frozenset[UUID] = frozenset()
    declined: frozenset[UUID] = frozenset()
    waits_for: frozenset[UUID] = frozenset()

    @property
    def is_approved(self) -> bool:
        """Tell whether the shown version is approved."""
        return self.stage == APPROVED

    @property
    def is_passed(self) -> bool:
        """Tell whether every named approver has signed, and there is one at all."""
        return bool(self.signed) and not self.waits_for

    def earlier(self) -> tuple[str, ...]:
        """Return the stages it may be sent back to."""
        return STAGES[: STAGES.index(self.stage)]


@dataclass
class _Way:
    gate: str = DRAFT
    words: dict[UUID, tuple[UUID | None, str]] = field(default_factory=dict)
    approved: set[UUID | None] = field(default_factory=set)

    def take(self, act: Act) -> None:
        if act.kind == RETURNED:
            self._return(act.stage)
        elif act.stage != self.gate:
            return  # about a gate that it has left meanwhile
        elif act.kind == ADVANCED:
            self._advance(act.version)
        elif act.kind == WITHDRAWN:
            self.words.pop(act.by, None)
        elif act.kind in {SIGNED, DECLINED}:
            self.words[act.by] = (act.version, act.kind)

    def _advance(self, version: UUID | None) -> None:
        if self.gate == MASTER:
            self.approved.add(version)
        else:
            self.gate = GATES[GATES.index(self.gate) + 1]
        self.words.clear()

    def _return(self, stage: str) -> None:
        before = GATES.index(stage) if stage in GATES else len(GATES)
        now = GATES.index(self.gate)
        if before < now or (before == now and self.approved):
            self.gate = stage
            self.words.clear()
            self.approved.clear()


def state(acts: Iterable[Act], approvers: Iterable[UUID], shown: UUID | None) -> SignOffState:
    """Return where a track stands that shows this version, by its acts in their order.

    Words of people who are not approvers (any more) count for nothing.
    """
    way, named = _Way(), frozenset(approvers)
    for act in acts:
        way.take(act)
    if shown is not None and shown in way.approved:
        return SignOffState(APPROVED)

    def said(kind: str) -> frozenset[UUID]:
        said_so = (who for who, word in way.words.items() if word == (shown, kind))
        return frozenset(said_so) & named

    signed = said(SIGNED) if shown is not None else frozenset()
    return SignOffState(way.gate, signed, said(DECLINED), named - signed)

"""What programs are told of decisions."""

from typing import Any

from rest_framework import serializers

from moderation.decisions import presenters
from moderation.decisions.limited import reach_of
from moderation.models import Decision, Scope


class AppealTold(serializers.Serializer[Any]):
    """An appeal; `answer` is empty until a person has answered it."""

    id = serializers.UUIDField()
    words = serializers.CharField()
    created_at = serializers.DateTimeField()
    answer = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)


class StrikeTold(serializers.Serializer[Any]):
    """That a decision counts as a strike, or did; `by_notice`: somebody’s notice led to it."""

    state = serializers.ChoiceField(["counts", "withdrawn", "expired"])
    by_notice = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    counts_until = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    why_withdrawn = serializers.CharField()


class DecisionTold(serializers.Serializer[Any]):
    """A decision with its statement of reasons (Regulation (EU) 2022/2065, art. 17)."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(Decision.Kind.choices)
    target_type = serializers.ChoiceField(Scope.choices)
    target_id = serializers.UUIDField()
    title = serializers.CharField()
    at_ms = serializers.IntegerField(allow_null=True, help_text="Where a muted moment begins.")
    until_ms = serializers.IntegerField(allow_null=True, help_text="Where it ends.")
    state = serializers.ChoiceField(["in-force", "undone", "over", "said"])
    reach = serializers.CharField(help_text="What else follows from it; empty for most.")
    facts = serializers.CharField()
    source = serializers.ChoiceField(Decision.Source.choices)  # type: ignore[assignment]
    ground = serializers.CharField()
    clause = serializers.CharField()
    territory = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True)
    automated = serializers.BooleanField()
    redress = serializers.CharField()
    undoes = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()
    may_appeal = serializers.BooleanField()
    appeal = AppealTold(allow_null=True)
    strike = StrikeTold(allow_null=True)
    making = serializers.ChoiceField(
        ["made", "waiting", "stuck"],
        allow_null=True,
        help_text="How far it is that a piece is made again, silent there or no more; null for all "
        "but moments.",
    )


class DecisionsPage(serializers.Serializer[Any]):
    """A page of them, newest first; `next` is what to send as `before`, null on the last."""

    decisions = DecisionTold(many=True)
    next = serializers.CharField(allow_null=True)


def told(decision: Any) -> dict[str, Any]:
    """Return a decision as programs are told it; it must come from `with_appeals`."""
    names = ("id", "kind", "title", "facts", "source", "ground", "clause", "territory", "until")
    more = ("automated", "redress", "created_at", "target_id", "at_ms", "until_ms")
    words = {name: getattr(decision, name) for name in (*names, *more)}
    making = presenters.making_of(decision)
    return words | {
        "making": making.state if making else None,
        "target_type": decision.scope,
        "undoes": decision.undoes_id,
        "state": presenters.state_of(decision),
        "reach": reach_of(decision),
        "may_appeal": presenters.may_appeal(decision),
        "appeal": presenters.appeal_of(decision),
        "strike": _strike(decision),
    }


def _strike(decision: Any) -> dict[str, Any] | None:
    strike = getattr(decision, "strike", None)
    if strike is None:
        return None
    names = ("state", "created_at", "counts_until", "withdrawn_at", "why_withdrawn")
    return {name: getattr(strike, name) for name in names} | {
        "by_notice": strike.report_id is not None
    }

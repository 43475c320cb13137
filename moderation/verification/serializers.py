"""What programs send and are told of verifications."""

from typing import Any

from rest_framework import serializers

from moderation.models import Verification
from moderation.models.verification import SUBJECT_CHARS, WORDS_CHARS
from moderation.verification.presenters import line


class NewVerification(serializers.Serializer[Any]):
    """One way to show who one is."""

    method = serializers.ChoiceField(Verification.Method.choices)
    subject = serializers.CharField(
        max_length=SUBJECT_CHARS, help_text="A domain, the https:// address of a page, or a name."
    )
    words = serializers.CharField(
        max_length=WORDS_CHARS,
        required=False,
        allow_blank=True,
        default="",
        help_text="By hand: how a moderator can see that it is so.",
    )


class VerificationTold(serializers.Serializer[Any]):
    """One verification of one's own."""

    id = serializers.UUIDField()
    method = serializers.ChoiceField(Verification.Method.choices)
    subject = serializers.CharField()
    state = serializers.ChoiceField(Verification.State.choices)
    is_being_checked = serializers.BooleanField()
    place = serializers.CharField(help_text="Where `put` is to be found.")
    put = serializers.CharField()
    answer = serializers.CharField(help_text="What the last look has found.")
    checked_at = serializers.DateTimeField(allow_null=True)
    verified_at = serializers.DateTimeField(allow_null=True)
    until = serializers.DateTimeField(allow_null=True)


class VerificationsTold(serializers.Serializer[Any]):
    """All of one's own, newest first."""

    verifications = VerificationTold(many=True)


def told(row: Verification) -> dict[str, Any]:
    """Return what its owner's program is told of one."""
    shown = line(row)
    names = ("method", "subject", "state", "is_being_checked", "answer")
    words = {name: getattr(row, name) for name in names}
    times = {name: getattr(row, name) for name in ("checked_at", "verified_at", "until")}
    return dict(
        VerificationTold(
            {"id": row.pk, **words, **times, "place": shown.place, "put": shown.put}
        ).data
    )

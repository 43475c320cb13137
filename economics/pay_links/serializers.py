"""What programs send and are told of how artists are paid."""

from typing import Any

from rest_framework import serializers

from economics.models import PayLink
from economics.models.pay_link import LABEL_CHARS, WORDS_CHARS


class NewPayLink(serializers.Serializer[Any]):
    """One way to be paid."""

    kind = serializers.ChoiceField(PayLink.Kind.choices)
    where = serializers.CharField(
        max_length=WORDS_CHARS, help_text="An https:// address, an IBAN, or your own words."
    )
    label = serializers.CharField(  # type: ignore[assignment]
        max_length=LABEL_CHARS, required=False, allow_blank=True, default=""
    )
    is_public = serializers.BooleanField(
        required=False, default=False, help_text="Whether it is on your page."
    )


class PayLinkTold(NewPayLink):
    """One way of one's own."""

    id = serializers.UUIDField()


class PayLinksTold(serializers.Serializer[Any]):
    """All of one's own, in the order in which they were added."""

    results = PayLinkTold(many=True)


def told(row: PayLink) -> dict[str, Any]:
    """Return what its artist's program is told of one."""
    return {name: getattr(row, name) for name in ("id", "kind", "where", "label", "is_public")}

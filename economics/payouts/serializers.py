"""What programs send and are told of what is owed to artists."""

from typing import Any

from rest_framework import serializers

from economics.models import ArtistPayout
from economics.money import currency
from economics.payouts.selectors import Balance

CENTS = "Minor units of the site’s currency."


class NewPayout(serializers.Serializer[Any]):
    """How much, and where to."""

    amount_cents = serializers.IntegerField(min_value=1, max_value=10**9, help_text=CENTS)
    pay_link = serializers.UUIDField()
    key = serializers.CharField(
        min_length=22, max_length=22, help_text="Random; sent twice, it is done once."
    )


class PayoutTold(serializers.Serializer[Any]):
    """Something that one has asked for."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(ArtistPayout.Status.choices)
    amount_cents = serializers.IntegerField(help_text=CENTS)
    destination = serializers.CharField()
    reference = serializers.CharField()
    note = serializers.CharField()
    sent_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()


class PayoutsTold(serializers.Serializer[Any]):
    """What is owed, and what one has asked for, newest first."""

    currency = serializers.CharField()
    owed_cents = serializers.IntegerField(help_text=CENTS)
    free_cents = serializers.IntegerField(help_text=f"What can be asked for. {CENTS}")
    sent_cents = serializers.IntegerField(help_text=CENTS)
    minimum_cents = serializers.IntegerField(help_text=f"The least that is sent. {CENTS}")
    results = PayoutTold(many=True)


def told(row: ArtistPayout) -> dict[str, Any]:
    """Return what its artist's program is told of one."""
    names = ("id", "status", "destination", "reference", "note", "sent_on", "created_at")
    return {name: getattr(row, name) for name in names} | {"amount_cents": row.amount}


def balance_told(found: Balance) -> dict[str, Any]:
    """Return what is owed."""
    cents = {f"{name}_cents": getattr(found, name) for name in ("owed", "free", "sent", "minimum")}
    return {"currency": currency(), **cents}

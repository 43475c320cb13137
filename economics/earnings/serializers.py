"""What programs are told of what an artist was given."""

from typing import Any

from rest_framework import serializers

from economics.money import currency

CENTS = "Minor units of the site’s currency."


class MonthTold(serializers.Serializer[Any]):
    """What one month has brought."""

    month = serializers.DateField(help_text="Its first day.")
    amount_cents = serializers.IntegerField(help_text=CENTS)


class LineTold(serializers.Serializer[Any]):
    """What a piece, a release or a charity came to."""

    name = serializers.CharField()
    url = serializers.CharField(help_text="Its page here; empty where it has none.")
    amount_cents = serializers.IntegerField(help_text=CENTS)


class SupporterTold(serializers.Serializer[Any]):
    """Somebody who gave with their name beside it."""

    name = serializers.CharField()
    url = serializers.CharField()
    times = serializers.IntegerField()
    last = serializers.DateTimeField()


class EarningsTold(serializers.Serializer[Any]):
    """What was given to whoever asks, each table summed from the ledger."""

    currency = serializers.CharField()
    total_cents = serializers.IntegerField(help_text=f"All that was given. {CENTS}")
    declared_cents = serializers.IntegerField(help_text=f"Of it directly, as said. {CENTS}")
    confirmed_cents = serializers.IntegerField(help_text=f"Of that seen by the artist. {CENTS}")
    owed_cents = serializers.IntegerField(help_text=CENTS)
    sent_cents = serializers.IntegerField(help_text=CENTS)
    months = MonthTold(many=True)
    pieces = LineTold(many=True, help_text="The fifty that brought most.")
    charities = LineTold(many=True, help_text="What givers shared beside it.")
    supporters = SupporterTold(many=True)
    others = serializers.IntegerField(help_text="How many do not say their name.")
    next = serializers.CharField(allow_null=True, help_text="`before` of the next supporters.")


def told(words: dict[str, Any]) -> dict[str, Any]:
    """Return what the page shows, for programs."""
    sums, people = words["sums"], words["supporters"]
    names = ("total", "declared", "confirmed", "owed", "sent")
    return {
        "currency": currency(),
        **{f"{name}_cents": getattr(sums, name) for name in names},
        "months": [{"month": month, "amount_cents": amount} for month, amount in words["months"]],
        **{name: [_line(one) for one in words[name]] for name in ("pieces", "charities")},
        "supporters": [
            {name: getattr(one, name) for name in ("name", "url", "times", "last")}
            for one in people.rows
        ],
        "others": words["others"],
        "next": people.next_cursor or None,
    }


def _line(one: Any) -> dict[str, Any]:
    return {"name": one.name, "url": one.url, "amount_cents": one.amount}

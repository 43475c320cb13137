"""What programs send to give, and are told of what was given."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from economics.contributions.presenters import address
from economics.contributions.rules import parts_of
from economics.giving.rules import countries
from economics.models import Contribution
from economics.models.contribution import MESSAGE_CHARS
from economics.money import MOST
from economics.providers.manual import reference_of

COUNTRIES = [code for code, _ in countries()]


def _share(words: str) -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=Decimal(100),
        help_text=f"{words}; at most two decimals. The three make 100.",
    )


class Recurring(serializers.BooleanField):
    """Whether it is given each month: yes or no, or how often in a word."""

    TRUE_VALUES = {*serializers.BooleanField.TRUE_VALUES, "monthly"}
    FALSE_VALUES = {*serializers.BooleanField.FALSE_VALUES, "once"}


class NewContribution(serializers.Serializer[Any]):
    """What somebody gives: for one of `artist`, `track`, `release`, or for the site."""

    artist = serializers.CharField(max_length=40, required=False, help_text="Their handle.")
    track = serializers.CharField(max_length=200, required=False, help_text="Its id or slug.")
    release = serializers.CharField(max_length=200, required=False, help_text="Its id or slug.")
    amount_cents = serializers.IntegerField(
        min_value=1, max_value=MOST, help_text="Minor units of the site's currency."
    )
    artist_percent = _share("The artist's share")
    charity_percent = _share("The charity's share")
    platform_percent = _share("The site's own share")
    charity = serializers.CharField(
        max_length=60, required=False, allow_null=True, allow_blank=True, help_text="Its slug."
    )
    recurring = Recurring(default=False, help_text="Each month from now on.")
    message = serializers.CharField(
        max_length=MESSAGE_CHARS, required=False, allow_blank=True, default=""
    )
    public = serializers.BooleanField(default=False, help_text="Shown with one's name.")
    country = serializers.ChoiceField(
        COUNTRIES, required=False, allow_blank=True, default="", help_text="For the receipt."
    )
    provider = serializers.CharField(max_length=30, required=False, allow_blank=True, default="")

    def validate(self, found: dict[str, Any]) -> dict[str, Any]:
        """Refuse two things at once."""
        if len([name for name in ("artist", "track", "release") if name in found]) > 1:
            raise serializers.ValidationError("Name one of artist, track and release.")
        return found


class ContributionTold(serializers.Serializer[Any]):
    """One contribution, to the minor unit; shares are of the net once a fee is known."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(Contribution.Status.choices)
    mode = serializers.ChoiceField(Contribution.Mode.choices)
    amount_cents = serializers.IntegerField()
    fee_cents = serializers.IntegerField()
    currency = serializers.CharField()
    artist = serializers.CharField(allow_null=True, help_text="Their handle.")
    track = serializers.UUIDField(allow_null=True)
    release = serializers.UUIDField(allow_null=True)
    charity = serializers.CharField(allow_null=True, help_text="Its slug.")
    artist_cents = serializers.IntegerField()
    charity_cents = serializers.IntegerField()
    platform_cents = serializers.IntegerField()
    recurring = serializers.BooleanField()
    message = serializers.CharField()
    provider = serializers.CharField()
    reference = serializers.CharField(help_text="What to name when paying.")
    receipt = serializers.IntegerField(allow_null=True, help_text="Its number.")
    created_at = serializers.DateTimeField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    url = serializers.URLField(help_text="Its page, with how to pay. The address is a key.")


class ContributionList(serializers.Serializer[Any]):
    """What somebody gave, newest first."""

    results = ContributionTold(many=True)
    next = serializers.CharField(allow_null=True, help_text="Send it as `before`.")


def told(given: Contribution) -> dict[str, Any]:
    """Return what its giver's program is told of one."""
    cents = {f"{part}_cents": amount for part, amount in parts_of(given).items()}
    receipt = getattr(given, "receipt", None)
    return dict(
        ContributionTold(
            {
                **{name: getattr(given, name) for name in SAME},
                "id": given.pk,
                "amount_cents": given.amount,
                "fee_cents": given.fee,
                "artist": given.artist.handle if given.artist else None,
                "charity": given.charity.slug if given.charity else None,
                "track": given.track_id,
                "release": given.release_id,
                "recurring": given.pledge_id is not None,
                "reference": reference_of(given),
                "receipt": receipt.number if receipt else None,
                "url": address(given),
                **cents,
            }
        ).data
    )


SAME = ("status", "mode", "currency", "message", "provider", "created_at", "confirmed_at")

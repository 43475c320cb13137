"""What programs are told of charities."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from config.lib import origins
from economics.charities.presenters import Told
from economics.models import Disbursement, DisbursementReceipt
from economics.money import currency

CENTS = "Minor units of the site’s currency."


class ReceiptTold(serializers.Serializer[Any]):
    """A file that shows a run."""

    name = serializers.CharField()
    url = serializers.URLField()
    mime = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()


class RunTold(serializers.Serializer[Any]):
    """One run: what was sent at once."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(["sent", "failed"])
    amount_cents = serializers.IntegerField(help_text=CENTS)
    sent_on = serializers.DateField()
    reference = serializers.CharField()
    receipts = ReceiptTold(many=True)


class CharityTold(serializers.Serializer[Any]):
    """One charity, and what went through this site for it."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    about = serializers.CharField()
    website = serializers.CharField()
    pay_link = serializers.CharField(help_text="Where one gives to it directly.")
    is_active = serializers.BooleanField(help_text="Whether givers can choose it.")
    url = serializers.URLField()
    currency = serializers.CharField()
    received_cents = serializers.IntegerField(help_text=f"Given for it here. {CENTS}")
    disbursed_cents = serializers.IntegerField(help_text=f"Sent on to it. {CENTS}")
    owed_cents = serializers.IntegerField(
        help_text=f"Still to be sent; below zero where too much was. {CENTS}"
    )
    declared_cents = serializers.IntegerField(
        help_text=f"Said to be given to it directly; nobody here has seen that. {CENTS}"
    )


class CharityWithRuns(CharityTold):
    """One charity, with what was sent to it, newest first."""

    runs = RunTold(many=True)


class CharitiesTold(serializers.Serializer[Any]):
    """Every charity, those that can be chosen first."""

    results = CharityTold(many=True)


def told(one: Told) -> dict[str, Any]:
    """Return what programs are told of a charity."""
    names = ("id", "slug", "name", "about", "website", "pay_link", "is_active")
    cents = ("received", "disbursed", "owed", "declared")
    return {
        **{name: getattr(one.charity, name) for name in names},
        "url": origins.home() + reverse("charity", args=[one.charity.slug]),
        "currency": currency(),
        **{f"{name}_cents": getattr(one.totals, name) for name in cents},
    }


def run_told(row: Disbursement, slug: str) -> dict[str, Any]:
    """Return what programs are told of a run."""
    return {
        "id": row.pk,
        "status": row.status,
        "amount_cents": row.amount,
        "sent_on": row.sent_on,
        "reference": row.reference,
        "receipts": [_receipt(one, slug) for one in row.receipts.all()],
    }


def _receipt(row: DisbursementReceipt, slug: str) -> dict[str, Any]:
    words = {name: getattr(row, name) for name in ("name", "mime", "size", "sha256")}
    return words | {"url": origins.home() + reverse("charity-receipt", args=[slug, row.pk])}

"""What the operator sends on: to charities, and to artists."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from config.lib.cipher import SealedField
from config.lib.ids import token128, uuid7
from economics.models.charity import Charity
from economics.models.contribution import PROVIDER_CHARS
from economics.models.ledger import CURRENCY_CHARS, REFERENCE_CHARS, LedgerAccount

NOTE_CHARS, NAME_CHARS, DESTINATION_CHARS = 500, 120, 500
Kind = LedgerAccount.Kind


class Outgoing(models.Model):
    """One amount that is sent on, and how far it is. Its cents stand in the ledger.

    Prepared: it is said what is to be sent. Sent: it has left. Failed: it did not arrive, or came
    back, and is owed again. Withdrawn: it was never sent.
    """

    NAME: ClassVar[str]  # in the ledger
    OWNER: ClassVar[str]  # the column of whom it is for
    PAYABLE: ClassVar[str]
    DISBURSED: ClassVar[str]

    class Status(models.TextChoices):
        PREPARED = "prepared", "Prepared"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(
        max_length=22, unique=True, default=token128, help_text="What a form sent twice makes once."
    )
    amount = models.BigIntegerField(help_text="Minor units.")
    currency = models.CharField(max_length=CURRENCY_CHARS)
    provider = models.CharField(max_length=PROVIDER_CHARS, default="manual")
    status = models.CharField(max_length=9, choices=Status, default=Status.PREPARED)
    reference = models.CharField(max_length=REFERENCE_CHARS, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    note = models.CharField(
        max_length=NOTE_CHARS, blank=True, help_text="What is to be said of it; why it failed."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who made the last step.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, help_text="When it failed or was withdrawn.")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="%(class)s_is_of_something"),
            models.CheckConstraint(
                condition=~Q(status="sent") | (Q(sent_on__isnull=False) & ~Q(reference="")),
                name="%(class)s_sent_has_its_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    @property
    def party(self) -> str:
        """Return whose account it is for: the id of a charity or an artist."""
        raise NotImplementedError

    @property
    def is_waiting(self) -> bool:
        """Tell whether it is still to be sent."""
        return self.status == self.Status.PREPARED


class OutgoingQuerySet(models.QuerySet[Any]):
    """What is sent on, by how far it is."""

    def waiting(self) -> "OutgoingQuerySet":
        """Return what is prepared and not yet sent."""
        return self.filter(status=Outgoing.Status.PREPARED)

    def total(self) -> int:
        """Return the sum of these, in minor units."""
        return int(self.aggregate(total=Coalesce(Sum("amount"), 0))["total"])


class Disbursement(Outgoing):
    """One run to a charity; its receipt files are the proof."""

    NAME, OWNER = "disbursement", "charity"
    PAYABLE, DISBURSED = Kind.CHARITY_PAYABLE, Kind.CHARITY_DISBURSED

    charity = models.ForeignKey(Charity, on_delete=models.PROTECT, related_name="disbursements")

    objects = OutgoingQuerySet.as_manager()

    class Meta(Outgoing.Meta):
        indexes = [models.Index(fields=["charity", "-id"], name="disbursement_charity")]

    @property
    def party(self) -> str:
        """Return the charity's id."""
        return str(self.charity_id)


class DisbursementReceipt(models.Model):
    """A file that shows a run: what the bank or the charity has written. Everybody may fetch it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    disbursement = models.ForeignKey(
        Disbursement, on_delete=models.PROTECT, related_name="receipts"
    )
    name = models.CharField(max_length=NAME_CHARS)
    mime = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True, help_text="Of the storage.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class ArtistPayout(Outgoing):
    """What an artist has asked for of what is owed to them."""

    NAME, OWNER = "payout", "artist"
    PAYABLE, DISBURSED = Kind.ARTIST_PAYABLE, Kind.ARTIST_DISBURSED

    artist = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    destination = SealedField(
        max_length=DESTINATION_CHARS,
        blank=True,
        help_text="Where to, as it was when they asked.",
        lost="Not to be read any more: ask whom it is for.",
    )

    objects = OutgoingQuerySet.as_manager()

    class Meta(Outgoing.Meta):
        indexes = [
            models.Index(fields=["artist", "-id"], name="artist_payout_artist"),
            models.Index(
                fields=["-id"], condition=Q(status="prepared"), name="artist_payout_waiting"
            ),
        ]

    @property
    def party(self) -> str:
        """Return the artist's id."""
        return str(self.artist_id)

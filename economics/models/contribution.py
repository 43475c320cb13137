"""What somebody gives, to whom, and how it is shared."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from config.lib.ids import token128, uuid7
from economics.models.charity import Charity
from economics.models.ledger import CURRENCY_CHARS, REFERENCE_CHARS

WHOLE = 10_000  # basis points
MESSAGE_CHARS, PROVIDER_CHARS = 500, 30


class Shared(models.Model):
    """Whom an amount is for, and its shares in basis points: 10,000 together."""

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty for somebody without an account.",
    )
    artist = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty where it is for the site as a whole.",
    )
    charity = models.ForeignKey(Charity, null=True, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(help_text="Minor units, before fees.")
    currency = models.CharField(max_length=CURRENCY_CHARS)
    artist_bp = models.PositiveIntegerField()
    charity_bp = models.PositiveIntegerField()
    platform_bp = models.PositiveIntegerField()
    message = models.TextField(max_length=MESSAGE_CHARS, blank=True)
    is_public = models.BooleanField(default=False, help_text="Shown with the giver's name.")
    provider = models.CharField(max_length=PROVIDER_CHARS)
    country = models.CharField(
        max_length=2, blank=True, help_text="Said by the giver, for the receipt; ISO 3166."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="%(class)s_is_of_something"),
            models.CheckConstraint(
                condition=Q(artist_bp=WHOLE - F("charity_bp") - F("platform_bp")),
                name="%(class)s_shares_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(charity_bp=0) | Q(charity__isnull=False),
                name="%(class)s_names_its_charity",
            ),
            models.CheckConstraint(
                condition=Q(artist_bp=0) | Q(artist__isnull=False),
                name="%(class)s_names_its_artist",
            ),
        ]


class Pledge(Shared):
    """A monthly contribution: each month makes one of its own."""

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        PAUSED = "paused", "Paused"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=22, unique=True, default=token128)
    status = models.CharField(max_length=9, choices=Status, default=Status.ACTIVE)
    next_at = models.DateTimeField(help_text="When the next month falls due.")
    months = models.PositiveIntegerField(default=0, help_text="How many it has made.")

    class Meta(Shared.Meta):
        indexes = [
            models.Index(fields=["next_at"], condition=Q(status="active"), name="pledge_due"),
            models.Index(fields=["giver", "-id"], name="pledge_giver"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} a month"


class Contribution(Shared):
    """One amount given once. What became of it in cents stands in the ledger.

    `direct`: it goes from giver to artist without the site; the giver declares it, the artist
    confirms theirs. `pooled`: the site's operator holds it until it is paid out.
    """

    class Mode(models.TextChoices):
        DIRECT = "direct", "Directly to whom it is for"
        POOLED = "pooled", "Through this site"

    class Status(models.TextChoices):
        DECLARED = "declared", "Declared"
        CONFIRMED = "confirmed", "Confirmed"
        DISPUTED = "disputed", "Disputed"
        REFUNDED = "refunded", "Refunded"
        LOST = "lost", "Taken back by the bank"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=22, unique=True, default=token128)
    mode = models.CharField(max_length=6, choices=Mode)
    status = models.CharField(max_length=9, choices=Status, default=Status.DECLARED)
    track = models.ForeignKey(
        "tracks.Track", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    release = models.ForeignKey(
        "tracks.Release", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    pledge = models.ForeignKey(
        Pledge, null=True, on_delete=models.PROTECT, related_name="contributions"
    )
    fee = models.BigIntegerField(default=0, help_text="What the provider kept. Minor units.")
    reference = models.CharField(max_length=REFERENCE_CHARS, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    buys = models.BooleanField(
        default=False,
        help_text="Whether it reached the price of what it is for.",
    )
    client_key = models.CharField(
        max_length=60, blank=True, help_text="The Idempotency-Key of a program, hashed."
    )

    class Meta(Shared.Meta):
        permissions = [("settle_contribution", "Can say that a contribution has come in")]
        indexes = [
            models.Index(fields=["giver", "-id"], name="contribution_giver"),
            models.Index(fields=["artist", "-id"], name="contribution_artist"),
            models.Index(fields=["charity", "-id"], name="contribution_charity"),
            models.Index(
                fields=["-id"], condition=Q(status="declared"), name="contribution_declared"
            ),
            models.Index(
                fields=["giver", "artist"],
                condition=Q(status="confirmed"),
                name="contribution_gives_rights",
            ),
        ]
        constraints = [
            *Shared.Meta.constraints,
            models.CheckConstraint(
                condition=Q(fee__gte=0, fee__lte=F("amount")), name="contribution_fee_within"
            ),
            models.UniqueConstraint(
                fields=["client_key"],
                condition=~Q(client_key=""),
                name="contribution_once_for_each_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    @property
    def is_for_site(self) -> bool:
        """Tell whether the site has a share, and no artist has."""
        return not self.artist_bp and bool(self.platform_bp)


class Receipt(models.Model):
    """That money was confirmed: numbers without a gap. It is no tax receipt."""

    number = models.PositiveBigIntegerField(primary_key=True)
    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="receipt"
    )
    country = models.CharField(max_length=2, blank=True, help_text="Said by the giver; ISO 3166.")
    tax_rate_bp = models.PositiveIntegerField(default=0, help_text="Of the platform's share.")
    issued_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.number)

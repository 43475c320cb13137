"""Double entry: accounts, transactions, entries. Rows only come; triggers see to it.

Amounts are whole minor units (cents) of one currency; a debit is positive, a credit negative, so
that what is owed to somebody is the negative of their account's balance. Ids only: no names, no
words, so that an account can be deleted and the ledger stays whole.
"""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce, Now

from config.lib.ids import uuid7

KEY_CHARS, REFERENCE_CHARS, CURRENCY_CHARS = 200, 200, 3


class LedgerAccount(models.Model):
    """One account: of a kind, and of a party where the kind has parties."""

    class Kind(models.TextChoices):
        PROVIDER_CLEARING = "provider_clearing", "With a payment provider"
        PROVIDER_FEES = "provider_fees", "Fees of payment providers"
        ARTIST_PAYABLE = "artist_payable", "Owed to an artist"
        CHARITY_PAYABLE = "charity_payable", "Owed to a charity"
        CHARITY_DISBURSED = "charity_disbursed", "Sent to a charity"
        ARTIST_DISBURSED = "artist_disbursed", "Sent to an artist"
        PLATFORM_REVENUE = "platform_revenue", "Given to this site"
        REFUND_LOSS = "refund_loss", "Lost in refunds and disputes"
        DISPUTES_CLEARING = "disputes_clearing", "In dispute"
        OPERATOR_FUNDING = "operator_funding", "Put in by the operator"
        TAX_PAYABLE = "tax_payable", "Tax owed, for each rate"
        ROUNDING = "rounding", "Rounding: always zero"
        UNALLOCATED = "unallocated", "Not anybody's any more"
        GIVER_PAYABLE = "giver_payable", "To be given back to a giver"
        MEMO_GIVEN = "memo_given", "Memo: declared as given to others directly"
        MEMO_ARTIST = "memo_artist", "Memo: an artist's own, not held here"
        MEMO_CHARITY = "memo_charity", "Memo: a charity's own, not held here"
        MEMO_PLATFORM = "memo_platform", "Memo: this site's own, not held here"
        MEMO_SENT = "memo_sent", "Memo: the other side of what was sent on"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=KEY_CHARS, unique=True, help_text="kind:party")
    kind = models.CharField(max_length=20, choices=Kind)
    party = models.CharField(
        max_length=60, blank=True, help_text="The id of a person or charity, a provider, a rate."
    )
    currency = models.CharField(max_length=CURRENCY_CHARS)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["kind", "party"], name="ledger_account_kind")]

    def __str__(self) -> str:
        return self.key

    @property
    def is_memo(self) -> bool:
        """Tell whether it only remembers what never went through this site."""
        return self.kind.startswith("memo_")


class LedgerTransaction(models.Model):
    """What happened at once: its entries sum to zero in each currency.

    A pending one holds what is not certain, and counts in no balance; it is resolved once, by a new
    row that names it: `posted`, with entries of its own, or `void`, without any.
    """

    class Status(models.TextChoices):
        PENDING = "pending", "Pending"
        POSTED = "posted", "Posted"
        VOID = "void", "Void"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=KEY_CHARS, unique=True, help_text="What it is done once for.")
    kind = models.CharField(max_length=30)
    status = models.CharField(max_length=7, choices=Status, default=Status.POSTED)
    subject = models.UUIDField(null=True, help_text="The contribution, payout or disbursement.")
    external = models.CharField(
        max_length=REFERENCE_CHARS, blank=True, help_text="A reference of the world outside."
    )
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    resolves = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="resolved_by"
    )
    effective_at = models.DateTimeField(help_text="When it happened outside.")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["effective_at"], name="ledger_effective"),
            models.Index(fields=["subject"], name="ledger_subject"),
            models.Index(fields=["recorded_at", "id"], name="ledger_recorded"),
            # What a balance of any day asks of each entry's transaction, without its row.
            models.Index(
                fields=["id"], include=["effective_at", "status", "kind"], name="ledger_counts"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="void") | Q(resolves__isnull=False), name="ledger_void_resolves"
            ),
            models.CheckConstraint(
                condition=~Q(status="pending") | Q(resolves=None, reverses=None),
                name="ledger_pending_is_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    """Entries, by what counts in balances."""

    def counting(self, before: datetime | None = None) -> "LedgerEntryQuerySet":
        """Return what is posted, and took effect before that moment."""
        found = self.filter(transaction__status=LedgerTransaction.Status.POSTED)
        return found.filter(transaction__effective_at__lt=before) if before else found

    def total(self) -> int:
        """Return the sum of these, in minor units."""
        return int(self.aggregate(total=Coalesce(Sum("amount"), 0))["total"])


class LedgerEntry(models.Model):
    """An amount on one account. Debits are positive, credits negative, in minor units."""

    id = models.BigAutoField(primary_key=True)
    transaction = models.ForeignKey(
        LedgerTransaction, on_delete=models.PROTECT, related_name="entries"
    )
    account = models.ForeignKey(
        LedgerAccount, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=CURRENCY_CHARS)

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "ledger entries"
        indexes = [
            models.Index(
                fields=["account"], include=["transaction", "amount"], name="ledger_entry_account"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_entry_is_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def account_key(kind: str, party: UUID | str = "") -> str:
    """Return how an account is called: `kind:party`."""
    return f"{kind}:{party}"

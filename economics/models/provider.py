"""What goes to providers of money, and what they tell: ids and amounts, no words."""

from django.db import models
from django.db.models.functions import Now

from config.lib.ids import token128, uuid7
from economics.models.contribution import PROVIDER_CHARS, Contribution
from economics.models.ledger import REFERENCE_CHARS

EVENT_CHARS, SENTENCE_CHARS = 200, 300


class ProviderCall(models.Model):
    """Something asked of a provider. Its key is kept before the call and is that of each retry."""

    class Kind(models.TextChoices):
        START = "start", "Begin"
        REFUND = "refund", "Give back"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="calls")
    kind = models.CharField(max_length=6, choices=Kind)
    key = models.CharField(max_length=22, unique=True, default=token128, help_text="Idempotency.")
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "kind"], name="provider_call_once_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ProviderEvent(models.Model):
    """What a provider has told once, taken by a job after those before it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        TAKEN = "taken", "Taken"
        REFUSED = "refused", "Refused"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.CharField(max_length=PROVIDER_CHARS)
    event = models.CharField(max_length=EVENT_CHARS, help_text="The provider's id of it.")
    number = models.PositiveIntegerField(help_text="Which one of this contribution, from 1.")
    kind = models.CharField(max_length=10)
    contribution = models.UUIDField()
    reference = models.CharField(max_length=REFERENCE_CHARS)
    fee = models.BigIntegerField(default=0, help_text="Minor units.")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    sentence = models.CharField(max_length=SENTENCE_CHARS, blank=True, help_text="Why refused.")
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["contribution", "number"], name="provider_event_order"),
            models.Index(
                fields=["received_at"],
                condition=models.Q(state="waiting"),
                name="provider_event_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["provider", "event"], name="provider_event_once")
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.event}"

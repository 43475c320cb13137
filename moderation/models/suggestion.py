"""What a machine thinks moderators might look at. It restricts nothing, and decides nothing."""

from django.conf import settings
from django.db import models

from config.lib.ids import uuid7
from moderation.models.case import Case, Reason

PHRASE_CHARS, WORDS_CHARS = 80, 300


class WatchedWord(models.Model):
    """A word, or a few in a row, at which a moderator is to look where they stand."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    phrase = models.CharField(
        max_length=PHRASE_CHARS, unique=True, help_text="Whole words; case and accents are one."
    )
    reason = models.CharField(max_length=13, choices=Reason, default=Reason.OTHER)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["phrase"]

    def __str__(self) -> str:
        return self.phrase


class Suggestion(models.Model):
    """One thing that one suggester has marked, once for the same words about it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="suggestions")
    suggester = models.CharField(max_length=40)
    digest = models.CharField(max_length=24, help_text="Of what was found: it is said once.")
    opened_it = models.BooleanField(default=False, help_text="Whether the case is there by it.")
    words = models.CharField(max_length=WORDS_CHARS, help_text="What was found, and where.")
    created_at = models.DateTimeField(auto_now_add=True)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="suggestion_order"),
            models.Index(fields=["digest"], name="suggestion_once"),
        ]

    def __str__(self) -> str:
        return self.words

"""What moderators have to look at: everything about one thing, until it is decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.lib.ids import uuid7

NOTE_CHARS = 4000


class Reason(models.TextChoices):
    """What may be wrong with a thing; the gravest first."""

    MINORS = "minors", "Sexual content with minors, or a danger to a child"
    VIOLENCE = "violence", "Threats or violence"
    SEXUAL = "sexual", "Sexual content where it should not be"
    HATE = "hate", "Hate against a group of people"
    HARASSMENT = "harassment", "Harassment of somebody"
    PRIVACY = "privacy", "Somebody’s private life or data"
    COPYRIGHT = "copyright", "Copyright: this is somebody else’s work"
    IMPERSONATION = "impersonation", "Somebody pretends to be another"
    SPAM = "spam", "Spam or deception"
    OTHER = "other", "Something else"


class Scope(models.TextChoices):
    """What a case or a decision is about."""

    TRACK = "track", "piece"
    VERSION = "version", "version"
    NOTE = "note", "note"
    RELEASE = "release", "release"
    PLAYLIST = "playlist", "playlist"
    PERSON = "person", "account"
    CONTRIBUTION = "contribution", "contribution"
    # Parts of these, of which decisions alone can be about.
    MOMENT = "moment", "moment"
    COVER = "cover", "cover"
    PICTURE = "picture", "picture"
    VISUAL = "visual", "visual"
    WORDS = "words", "words"
    LYRICS = "lyrics", "lyrics"


class Case(models.Model):
    """All reports and appeals about one thing, with whoever sees to it. One is open at a time."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    target = models.CharField(max_length=12, choices=Scope)
    target_id = models.UUIDField()
    title = models.CharField(max_length=200, help_text="What it was called then.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Whose it is; nobody’s where a guest wrote it.",
    )
    reason = models.CharField(max_length=13, choices=Reason, help_text="The gravest of all.")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(help_text="By when it should be decided.")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="open"), name="case_queue"),
            models.Index(fields=["target", "target_id"], name="case_target"),
            models.Index(fields=["person"], name="case_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "target_id"],
                condition=Q(state="open"),
                name="case_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_target_display()} “{self.title}”"

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to see to it."""
        return self.state == self.State.OPEN

    @property
    def is_late(self) -> bool:
        """Tell whether its clock has run out while nobody has decided."""
        return self.is_open and self.due_at < timezone.now()


class CaseNote(models.Model):
    """What a moderator writes for the others; nobody else reads it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.TextField(max_length=NOTE_CHARS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="case_note_order")]

    def __str__(self) -> str:
        return self.words[:60]

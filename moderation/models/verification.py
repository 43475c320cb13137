"""That somebody is who they say they are, as far as it was looked at."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q

from config.lib.ids import token128, uuid7

SUBJECT_CHARS, WORDS_CHARS, ANSWER_CHARS = 200, 2000, 500


class Verification(models.Model):
    """One way in which an account shows whose it is: what it shows, and until when it holds."""

    class Method(models.TextChoices):
        """The strongest first: of several, it is the first that stands beside the name."""

        DNS = "dns", "A record of a domain"
        FILE = "file", "A file on a domain"
        HAND = "hand", "A moderator who looks at it"
        REL_ME = "rel-me", "A page that links here with rel=“me”"
        PROFILE = "profile", "A profile elsewhere that carries the code"

    class State(models.TextChoices):
        WAITING = "waiting", "To be looked at"
        FAILED = "failed", "Not found yet"
        VERIFIED = "verified", "Verified"
        REFUSED = "refused", "Refused"
        ENDED = "ended", "Ended"
        REVOKED = "revoked", "Revoked"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="verifications"
    )
    method = models.CharField(max_length=8, choices=Method)
    subject = models.CharField(
        max_length=SUBJECT_CHARS, help_text="The domain, the page, or whom they say they are."
    )
    words = models.TextField(
        max_length=WORDS_CHARS, blank=True, help_text="For a moderator: how that can be seen."
    )
    code = models.CharField(max_length=22, default=token128, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    answer = models.CharField(
        max_length=ANSWER_CHARS, blank=True, help_text="What the last look has found."
    )
    evidence = models.TextField(
        max_length=WORDS_CHARS, blank=True, help_text="What a moderator has seen, or why not."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(
        max_length=80, blank=True, help_text="What they were called when it was verified."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True, help_text="When it was asked to be looked at.")
    checked_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True, help_text="When it was first missing again.")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "method", "subject"],
                condition=Q(state__in=["waiting", "failed", "verified"]),
                name="verification_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verified_at__isnull=False, until__isnull=False),
                name="verification_holds_for_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(method="hand", state__in=["verified", "refused"])
                | Q(evidence__regex=r"\S"),
                name="verification_by_hand_has_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | Q(evidence__regex=r"\S"),
                name="verification_revoked_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["checked_at"], condition=Q(state="verified"), name="verification_again"
            ),
            models.Index(fields=["ended_at"], name="verification_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.method})"

    @property
    def shows(self) -> str:
        """Return what was verified, as it stands beside a name: a domain, a page, a name."""
        if self.method in {self.Method.REL_ME, self.Method.PROFILE}:
            parts = urlsplit(self.subject)
            return f"{parts.netloc}{parts.path}".rstrip("/")
        return self.subject

    @property
    def url(self) -> str:
        """Return where what it shows can be seen; empty for what was looked at by hand."""
        if self.method == self.Method.HAND:
            return ""
        return self.subject if "//" in self.subject else f"https://{self.subject}/"

    @property
    def proof(self) -> str:
        """Return what is to be found there."""
        return f"nexus-verify={self.code}"

    @property
    def is_live(self) -> bool:
        """Tell whether it can still be looked at."""
        return self.state in {self.State.WAITING, self.State.FAILED, self.State.VERIFIED}

    @property
    def is_being_checked(self) -> bool:
        """Tell whether somebody waits for an answer."""
        asked = self.asked_at
        return bool(self.is_live and asked and (self.checked_at is None or self.checked_at < asked))

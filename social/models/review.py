"""Who may write notes, and links for people without an account."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from config.lib.ids import token128, uuid7
from tracks import access


class ReviewPolicy(models.Model):
    """Who may write notes on a track. Without a row: everybody who is signed in and may open it."""

    class Who(models.TextChoices):
        EVERYBODY = "everybody", "Everybody who is signed in and may open it"
        INVITED = "invited", "You and the reviewers you invite"
        OWNER = "owner", "Only you"
        NOBODY = "nobody", "Nobody"

    track = models.OneToOneField(
        "tracks.Track", primary_key=True, on_delete=models.CASCADE, related_name="review_policy"
    )
    who = models.CharField(max_length=9, choices=Who, default=Who.EVERYBODY)

    def __str__(self) -> str:
        return self.who


class Reviewer(models.Model):
    """Somebody with an account whom the owner has asked: may open the track, whatever it is."""

    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="reviewers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["track", "user"], name="reviewer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.track_id}"


class ReviewLinkQuerySet(models.QuerySet["ReviewLink"]):
    """Links for people without an account."""

    def live(self) -> "ReviewLinkQuerySet":
        """Return the links that open: neither revoked, nor run out, nor to what is closed to all.

        No link opens what a denial closes: the piece of somebody banned, say.
        """
        unended = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        tracks = apps.get_model("tracks.Track").objects.filter(
            access.unless_denied(Q(), AnonymousUser())
        )
        return self.filter(unended, revoked_at=None, track__in=tracks)

    def ended_unnoticed(self) -> "ReviewLinkQuerySet":
        """Return the links that have run out and whose sound was not taken back yet."""
        return self.filter(expires_at__lte=timezone.now(), revoked_at=None)

    def proven(self, unlocked: list[str]) -> "ReviewLinkQuerySet":
        """Return the links without a password, and those whose password was proven."""
        return self.filter(Q(password="") | Q(pk__in=unlocked))

    def counted(self) -> Any:
        """Carry the number of guests who gave a name and were not removed."""
        here = Q(guests__removed_at=None) & ~Q(guests=None)
        return self.annotate(guest_count=Count("guests", filter=here)).order_by(F("pk").desc())


class ReviewLink(models.Model):
    """A link for one recipient: whoever holds it hears the track and may write under a name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="review_links")
    token = models.CharField(max_length=22, unique=True, default=token128)
    recipient = models.CharField(max_length=80, blank=True)
    password = models.CharField(max_length=128, blank=True, help_text="Hashed; empty: none.")
    may_comment = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    plays = models.PositiveIntegerField(default=0)
    last_played_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["track", "-id"], name="review_link_track")]

    def __str__(self) -> str:
        return self.recipient or "link"

    @property
    def is_live(self) -> bool:
        """Tell whether it still opens anything."""
        return self.revoked_at is None and not self.has_run_out

    @property
    def has_run_out(self) -> bool:
        """Tell whether its time is over (and nobody had revoked it before)."""
        if self.expires_at is None or self.expires_at > timezone.now():
            return False
        return self.revoked_at is None or self.revoked_at >= self.expires_at


class ReviewGuest(models.Model):
    """A person without an account who came by a link and gave a name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    link = models.ForeignKey(ReviewLink, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(max_length=80)
    removed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

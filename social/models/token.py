"""Keys for programs."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.lib.ids import uuid7

PREFIX = "nxs_"


class ApiToken(models.Model):
    """A bearer token. Only its SHA-256 is kept: 256 random bits need no slow hash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=80, blank=True)
    prefix = models.CharField(max_length=12, editable=False, help_text="To tell tokens apart.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.prefix}…"

    @classmethod
    def issue(cls, *, user: "models.Model", name: str = "") -> tuple["ApiToken", str]:
        """Make a token; return its row and, this once, its text."""
        text = PREFIX + secrets.token_urlsafe(32)
        row = cls.objects.create(user=user, name=name, prefix=text[:12], digest=digest_of(text))
        return row, text

    def revoke(self) -> None:
        """End the token at once."""
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])


def digest_of(text: str) -> str:
    """Return the hex SHA-256 under which a token is found."""
    return hashlib.sha256(text.encode()).hexdigest()

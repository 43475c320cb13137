"""Where an artist is paid."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from config.lib.cipher import SealedField
from config.lib.ids import uuid7

ADDRESS_CHARS, WORDS_CHARS, LABEL_CHARS = 300, 300, 60


class PayLinkQuerySet(models.QuerySet["PayLink"]):
    """Ways to pay artists, by who reads them."""

    def of(self, artist: Any) -> "PayLinkQuerySet":
        """Return those of one artist, in the order in which they were added."""
        return self.filter(artist=artist).order_by("id")

    def public(self) -> "PayLinkQuerySet":
        """Return those that everybody may read."""
        return self.filter(is_public=True)


class PayLink(models.Model):
    """One way to pay an artist: an address of the web, or words that only this site can read."""

    class Kind(models.TextChoices):
        PAYPAL = "paypal", "PayPal.me"
        LIBERAPAY = "liberapay", "Liberapay"
        KO_FI = "kofi", "Ko-fi"
        PAGE = "page", "A page of your own"
        IBAN = "iban", "Bank account (IBAN)"
        WORDS = "words", "In other words"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    artist = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pay_links"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    address = models.URLField(max_length=ADDRESS_CHARS, blank=True)
    words = SealedField(max_length=WORDS_CHARS, blank=True)
    label = models.CharField(max_length=LABEL_CHARS, blank=True)
    is_public = models.BooleanField(default=False, help_text="Whether it is on the artist’s page.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PayLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["artist", "id"], name="pay_link_artist")]
        constraints = [
            models.CheckConstraint(
                condition=Q(address="", kind__in=("iban", "words"))
                | (~Q(address="") & Q(words="", kind__in=("paypal", "liberapay", "kofi", "page"))),
                name="pay_link_is_address_or_words",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()

    @property
    def where(self) -> str:
        """Return where to pay: the address or the words. It is a secret unless `is_public`."""
        return self.address or self.words

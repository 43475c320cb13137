"""Whom givers can choose to share with."""

from django.db import models

from config.lib.ids import uuid7

NAME_CHARS, ABOUT_CHARS = 120, 2000


class CharityQuerySet(models.QuerySet["Charity"]):
    """Charities, by whether they can be chosen."""

    def offered(self) -> "CharityQuerySet":
        """Return those that a giver can choose today, by name."""
        return self.filter(is_active=True).order_by("name")


class Charity(models.Model):
    """One charity. It is never deleted while the ledger names it: it is no longer offered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=NAME_CHARS)
    about = models.TextField(max_length=ABOUT_CHARS, blank=True)
    website = models.URLField(max_length=300, blank=True)
    pay_link = models.URLField(
        max_length=300, blank=True, help_text="Where one gives to it directly."
    )
    is_active = models.BooleanField(default=True, help_text="Whether givers can choose it.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CharityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "charities"

    def __str__(self) -> str:
        return self.name

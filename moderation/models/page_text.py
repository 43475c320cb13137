"""What the operator says on pages of the site's own: its terms, and how to reach them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from config.lib.ids import uuid7

TEXT_CHARS = 60_000


class PageText(models.Model):
    """One version of the text of a page, in Markdown. The newest counts; earlier ones stay."""

    class Page(models.TextChoices):
        TERMS = "terms", "Terms"
        CONTACT = "contact", "Contact"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.CharField(max_length=7, choices=Page)
    number = models.PositiveIntegerField(editable=False)
    words = models.TextField(max_length=TEXT_CHARS, help_text="In Markdown.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="page_text_number"),
            models.CheckConstraint(condition=Q(words__regex=r"\S"), name="page_text_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()}, version {self.number}"

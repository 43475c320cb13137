"""Under whose name releases come out."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Upper

from config.lib.ids import uuid7
from config.lib.urls import address_of


class Label(models.Model):
    """A label: its owner's, with a page that everybody may open."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="labels"
    )
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=90, unique=True)
    description_md = models.TextField("description", max_length=20_000, blank=True)
    link = models.URLField(max_length=300, blank=True, help_text="Where else it is to be found.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("owner", Upper("name"), name="label_name_once_per_owner"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return its page."""
        return address_of("label", self.slug)

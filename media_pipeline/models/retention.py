"""When rows were last forgotten that are kept for a time only."""

from django.db import models


class Retention(models.Model):
    """One rule of `config.lib.kept`: when it was carried out last, and what it has removed."""

    rule = models.CharField(max_length=60, primary_key=True)
    last_at = models.DateTimeField(null=True, blank=True)
    removed = models.PositiveBigIntegerField(default=0, help_text="Rows, the last time")
    removed_ever = models.PositiveBigIntegerField(default=0, help_text="Rows, since the first time")

    def __str__(self) -> str:
        return self.rule

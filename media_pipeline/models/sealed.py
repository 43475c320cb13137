"""A log that nobody may change unseen: who opened what, and why."""

from django.db import models


class Seal(models.Model):
    """A batch of entries, closed: its digest holds every byte of them and the digest before."""

    id = models.BigAutoField(primary_key=True)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=16, help_text="Which key has sealed it.")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.digest[:12]}"


class SealedEntry(models.Model):
    """One thing that was done. `data` holds ids and reasons only: it is never taken back.

    A trigger lets nobody change or delete one, but for the seal it gets once.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    actor = models.CharField(max_length=60, blank=True, help_text="Whose deed it was: an id.")
    subject = models.CharField(max_length=120, blank=True, help_text="app.model:id")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    seal = models.ForeignKey(Seal, null=True, on_delete=models.PROTECT, related_name="entries")

    class Meta:
        verbose_name_plural = "sealed entries"
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(seal__isnull=True), name="sealed_entry_open"
            ),
            models.Index(fields=["subject"], name="sealed_entry_subject"),
            models.Index(fields=["kind", "-id"], name="sealed_entry_kind"),
            models.Index(fields=["actor", "-id"], name="sealed_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

"""What was kept safe: each backup, and each drill that tried one."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.lib.ids import uuid7

DEAD_AFTER = timedelta(minutes=5)  # a run that gives no sign of life for so long is none


class BackupQuerySet(models.QuerySet["Backup"]):
    """Runs, by how they stand."""

    def hold(self) -> bool:
        """Tell whether a backup may be holding a moment fast: files must stay until its end."""
        running = self.filter(kind="backup", state="running")
        return running.filter(heartbeat_at__gte=Now() - DEAD_AFTER).exists()

    def dead(self) -> "BackupQuerySet":
        """Return the runs that gave no sign of life for long."""
        return self.filter(state="running", heartbeat_at__lt=Now() - DEAD_AFTER)


class Backup(models.Model):
    """One run. Its truth lies in the target; the row says how far it is, and how it ended."""

    class Kind(models.TextChoices):
        BACKUP = "backup", "Backup"
        DRILL = "drill", "Drill"

    class State(models.TextChoices):
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.BACKUP)
    state = models.CharField(max_length=9, choices=State, default=State.RUNNING)
    target = models.CharField(max_length=500, help_text="A folder, or s3://bucket/prefix.")
    name = models.CharField(max_length=60, blank=True, help_text="Which backup in the target.")
    stage = models.CharField(max_length=20, blank=True)
    done = models.PositiveBigIntegerField(default=0, help_text="Bytes, of this stage")
    total = models.PositiveBigIntegerField(default=0, help_text="Bytes, of this stage")
    counts = models.JSONField(default=dict, help_text="Rows, files and bytes; what was amiss.")
    error = models.TextField(blank=True, help_text="A sentence for the administrator.")
    heartbeat_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BackupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="running"), name="backup_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["kind", "state", "-finished_at"], name="backup_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def percent(self) -> int:
        """How far the present stage is."""
        return min(100, 100 * self.done // self.total) if self.total else 0

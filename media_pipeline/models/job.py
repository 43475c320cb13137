"""Work to be done on an asset. The row is the queue; messages only wake a worker."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from config.lib.ids import uuid7


class Job(models.Model):
    """One piece of work, claimed by compare-and-set and fenced by its lease token."""

    class Kind(models.TextChoices):
        PROCESS = "process", "Make it playable"
        EXTRAS = "extras", "Make the lossless and MP3 renditions"
        VISUAL = "visual", "Make the moving or still picture of a track"

    class State(models.TextChoices):
        PENDING = "pending"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        QUARANTINED = "quarantined"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    asset = models.ForeignKey("media_pipeline.Asset", on_delete=models.CASCADE, related_name="jobs")
    dedupe_key = models.CharField(max_length=100)
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    stage = models.CharField(max_length=20, blank=True)
    progress = models.PositiveSmallIntegerField(default=0, help_text="Percent")
    seconds_left = models.PositiveIntegerField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0, help_text="Counted at the start.")
    crash_count = models.PositiveSmallIntegerField(default=0)
    attempt_key = models.CharField(max_length=40, blank=True, help_text="This attempt's directory.")
    left_attempts = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="Directories of earlier attempts, kept until no signature for them can live.",
    )
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    woken_at = models.DateTimeField(null=True, blank=True, help_text="Last message sent for it.")
    error_code = models.CharField(max_length=40, blank=True)
    error = models.TextField(blank=True, help_text="A sentence for the owner.")
    stderr_tail = models.TextField(blank=True, help_text="FFmpeg's own last words.")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=["pending", "running"]),
                name="job_live",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"],
                condition=Q(state__in=["pending", "running"]),
                name="job_one_live_per_key",
            ),
            models.CheckConstraint(
                condition=Q(progress__gte=0, progress__lte=100), name="job_progress_is_percent"
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_token__isnull=False),
                name="job_running_has_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_live(self) -> bool:
        """True while somebody will still work on it."""
        return self.state in {self.State.PENDING, self.State.RUNNING}

    @property
    def can_retry(self) -> bool:
        """True when the owner may press Try again."""
        return self.state in {self.State.FAILED, self.State.QUARANTINED}

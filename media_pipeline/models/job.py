"""Work for the machine. The row is the queue; a message only wakes a worker."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.lib.ids import uuid7

if TYPE_CHECKING:
    from media_pipeline.models.asset import Asset


class Job(models.Model):
    """One piece of work, claimed by compare-and-set and fenced by its lease token.

    What a kind does is said by the app that owns it: `media_pipeline.jobs.services.kinds`.
    """

    class Kind(models.TextChoices):
        """The kinds of the pipeline itself."""

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
    kind = models.CharField(max_length=60)
    queue = models.CharField(max_length=20, help_text="Which workers do it: its kind says so.")
    asset = models.ForeignKey(
        "media_pipeline.Asset",
        on_delete=models.CASCADE,
        related_name="jobs",
        null=True,
        blank=True,
        help_text="What is encoded, if anything is.",
    )
    subject_type = models.CharField(max_length=60, blank=True, help_text="Such as tracks.Track.")
    subject_id = models.CharField(max_length=64, blank=True)
    payload = models.JSONField(default=dict, blank=True, help_text="Up to 4 KB of JSON.")
    dedupe_key = models.CharField(max_length=160)
    asked_again = models.BooleanField(
        default=False, help_text="Wanted once more while it ran, of a kind that catches up."
    )
    run_after = models.DateTimeField(db_default=Now())
    max_attempts = models.PositiveSmallIntegerField(default=8)
    failures = models.PositiveSmallIntegerField(
        default=0, help_text="Errors in a row of the kind that passes by itself."
    )
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
            models.Index(
                fields=["queue", "run_after"], condition=Q(state="pending"), name="job_waiting"
            ),
            models.Index(fields=["subject_type", "subject_id"], name="job_subject"),
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
    def file(self) -> "Asset":
        """What is encoded. Raises ValueError for a job about something else."""
        if self.asset is None:
            raise ValueError(f"A job of {self.kind} is about no asset.")
        return self.asset

    @property
    def is_live(self) -> bool:
        """True while somebody will still work on it."""
        return self.state in {self.State.PENDING, self.State.RUNNING}

    @property
    def can_retry(self) -> bool:
        """True when the owner may press Try again."""
        return self.state in {self.State.FAILED, self.State.QUARANTINED}

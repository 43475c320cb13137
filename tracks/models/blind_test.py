"""Can one hear the difference? Answers that were given without seeing."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from config.lib.ids import uuid7


class BlindTest(models.Model):
    """One finished ABX test (Clark 1982): of each trial, whether hidden X was named rightly."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="blind_tests")
    version_a = models.ForeignKey("tracks.TrackVersion", on_delete=models.CASCADE, related_name="+")
    version_b = models.ForeignKey("tracks.TrackVersion", on_delete=models.CASCADE, related_name="+")
    listener = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    listener_name = models.CharField(max_length=80, blank=True)
    trials = models.PositiveSmallIntegerField(default=0)
    correct = models.PositiveSmallIntegerField(default=0)
    hidden = ArrayField(models.CharField(max_length=1), default=list, help_text="X of each trial")
    answers = ArrayField(models.CharField(max_length=1), default=list)
    p_value = models.FloatField(
        null=True, blank=True, help_text="One-sided binomial: P(≥ correct | guessing)"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(correct__lte=F("trials")), name="blind_test_correct_within_trials"
            ),
            models.CheckConstraint(
                condition=~Q(version_a=F("version_b")), name="blind_test_of_two_versions"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.correct} of {self.trials}"

    @property
    def chance(self) -> str:
        """How often somebody who only guesses does as well, as people write it: 3.2 %."""
        percent = 100 * (1 if self.p_value is None else self.p_value)
        figure = f"{percent:.0f}" if percent >= 10 else f"{percent:.1f}"
        return "under 0.1\N{NO-BREAK SPACE}%" if percent < 0.1 else f"{figure}\N{NO-BREAK SPACE}%"

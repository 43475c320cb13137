"""The words that are sung."""

from django.db import models


class Lyrics(models.Model):
    """The lyrics of a piece as their owner wrote them: plain text, or LRC with a time in it."""

    track = models.OneToOneField(
        "tracks.Track", primary_key=True, on_delete=models.CASCADE, related_name="lyrics"
    )
    text = models.TextField(max_length=100_000)
    is_timed = models.BooleanField(default=False, help_text="It is LRC: its lines have times.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "lyrics"

    def __str__(self) -> str:
        return f"lyrics of {self.track_id}"

"""What somebody listens to, to go on with on another device."""

from django.conf import settings
from django.db import models


class PlayQueue(models.Model):
    """A signed-in listener's queue. Each track in it is looked up again through `visible_to`."""

    class Repeat(models.TextChoices):
        OFF = "off"
        ALL = "all"
        ONE = "one"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="play_queue",
    )
    items = models.JSONField(
        default=list,
        help_text="In order: {id: of the entry, version: of the music, seat, key}",
    )
    current = models.CharField(max_length=40, blank=True, help_text="Id of the entry that plays.")
    position_ms = models.PositiveBigIntegerField(default=0)
    shuffle = models.BooleanField(default=False)
    repeat = models.CharField(max_length=3, choices=Repeat, default=Repeat.OFF)
    device = models.CharField(max_length=40, blank=True, help_text="Who plays it.")
    revision = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{len(self.items)} pieces"

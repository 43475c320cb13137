"""What an artist asks for a copy of a piece."""

from typing import Any

from django.db import models
from django.db.models import Q

from config.lib.ids import uuid7


class PriceQuerySet(models.QuerySet["Price"]):
    """Prices, by what reaches them."""

    def reached_by(self, given: Any) -> bool:
        """Tell whether the artist's part of a contribution reaches the price of what it is for."""
        things = {"track": given.track_id, "release": given.release_id}
        of = {kind: key for kind, key in things.items() if key}
        if not of or given.artist_id is None:
            return False
        part = given.amount * given.artist_bp // 10_000
        return self.filter(**of, least__lte=part).exists()


class Price(models.Model):
    """The least that an artist is to get for a track or release; who gives more, gives more.

    It is in the site's one currency, in minor units, and of the artist's part alone: what a buyer
    shares with a charity or the site comes on top.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.OneToOneField(
        "tracks.Track", null=True, on_delete=models.CASCADE, related_name="price"
    )
    release = models.OneToOneField(
        "tracks.Release", null=True, on_delete=models.CASCADE, related_name="price"
    )
    least = models.BigIntegerField(help_text="Minor units.")
    suggested = models.BigIntegerField(help_text="What the form begins with. Minor units.")
    set_at = models.DateTimeField(auto_now=True)

    objects = PriceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(track=None) ^ Q(release=None), name="price_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(least__gt=0, suggested__gte=models.F("least")), name="price_is_of_worth"
            ),
        ]

    def __str__(self) -> str:
        return str(self.least)

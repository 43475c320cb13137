"""What an artist asks for a copy of a piece."""

from typing import Any

from django.db import models
from django.db.models import Q

from config.lib.ids import uuid7


class PriceQuerySet(models.QuerySet["Price"]):
    """Prices, by what reaches them."""

    def reached_by(self, given: Any, part: int) -> bool:
        """Tell whether the artist's part of a contribution reaches the price of what it is for.

        `part`: in minor units, as the page shows it, before a fee is known.
        """
        things = {"track": given.track_id, "release": given.release_id}
        of = {kind: key for kind, key in things.items() if key}
        if not of or given.artist_id is None:
            return False
        return self.filter(**of, least__lte=part).exists()


class Price(models.Model):
    """The least of what a buyer pays that is for the artist; who gives more, gives more.

    It is in the site's one currency, in minor units, and of the artist's part alone: what a buyer
    shares with a charity or the site comes on top. A fee of the provider is not the buyer's matter.
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

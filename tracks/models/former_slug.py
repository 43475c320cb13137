"""Addresses that a thing once had, and that still lead to it."""

from django.db import models
from django.db.models import Q

OWNERS = ("track", "release", "playlist")


class FormerSlug(models.Model):
    """A slug that belonged to one thing; it is given to no other one while that thing is there."""

    slug = models.SlugField(max_length=90)
    track = models.ForeignKey(
        "tracks.Track", null=True, on_delete=models.CASCADE, related_name="former_slugs"
    )
    release = models.ForeignKey(
        "tracks.Release", null=True, on_delete=models.CASCADE, related_name="former_slugs"
    )
    playlist = models.ForeignKey(
        "tracks.Playlist", null=True, on_delete=models.CASCADE, related_name="former_slugs"
    )
    given_up_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["slug"],
                    condition=Q(**{f"{owner}__isnull": False}),
                    name=f"former_slug_of_one_{owner}",
                )
                for owner in OWNERS
            ),
            models.CheckConstraint(
                condition=(
                    Q(track__isnull=False, release=None, playlist=None)
                    | Q(track=None, release__isnull=False, playlist=None)
                    | Q(track=None, release=None, playlist__isnull=False)
                ),
                name="former_slug_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

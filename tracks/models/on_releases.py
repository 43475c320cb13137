"""What the releases that are out give to a track: their cover, and to whom they open it."""

from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat, Now

from media_pipeline.models import Artwork


def _places(track: OuterRef) -> Any:
    """Return the places of a track on releases that everybody may open.

    What is denied needs no word: a release has its owner's tracks alone, and both close together.
    """
    rows: Any = apps.get_model("tracks.ReleaseTrack").objects.filter(track=track)
    return rows.filter(
        Q(release__release_at=None) | Q(release__release_at__lte=Now()),
        release__visibility="public",
        release__deleted_at=None,
    )


def release_downloads(track: OuterRef) -> ArraySubquery:
    """Return, as a column, to whom the releases that are out open a track as a whole."""
    return ArraySubquery(_places(track).values("release__download").distinct())


def release_cover(*, track: str = "pk", to_track: str = "", asset: str) -> Case:
    """Return the cover of a track's release as a column, for `pictures.picture_of`.

    A line of the media's key, its epoch and the accent; empty where the track has a cover of its
    own or inside its file, and where no release has one. Of several the one that came out first
    counts. `asset` leads to the asset that is shown, `to_track` to the track.
    """
    line = Concat(
        Cast("release__cover_id", TextField()),
        Value(" "),
        Cast("release__cover__epoch", TextField()),
        Value(" "),
        F("release__cover_accent"),
        output_field=TextField(),
    )
    covered = _places(OuterRef(track)).exclude(release__cover=None)
    first = covered.order_by("release__published_at", "release_id").values(line=line)[:1]
    inside = Q(**{f"{asset}__artwork__origin": Artwork.Origin.EMBEDDED})
    bare = Q(**{f"{to_track}cover": None}) & ~inside
    return Case(When(bare, then=Subquery(first)), default=Value(""), output_field=TextField())

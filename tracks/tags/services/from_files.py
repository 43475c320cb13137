"""Genres that stand in the tags of a file."""

from media_pipeline.models import Asset, AudioFacts
from tracks.models import Tag, Track
from tracks.tags.rules import genres_in_file
from tracks.tags.services.tagging import suggest

MACHINE = "the file’s own tags"


def suggest_genres(*, asset: Asset) -> None:
    """Suggest the genres of a file to the tracks of which it is the primary version."""
    tags = AudioFacts.objects.filter(asset=asset).values_list("tags", flat=True).first() or {}
    genres = genres_in_file(str(tags.get("genre", "")))
    if not genres:
        return
    for track in Track.objects.filter(primary_version__media__asset=asset):
        for genre in genres:
            suggest(
                track=track,
                tag=genre,
                confidence=None,
                by_machine=MACHINE,
                kind=Tag.Kind.GENRE,
            )

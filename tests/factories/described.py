"""Names, credits and tags on tracks, as their owners say them."""

from tracks.credits.rules import Said
from tracks.credits.services import crediting
from tracks.models import Credit, Tag, Track, TrackTag
from tracks.tags.services import tagging
from tracks.tags.services.tagging import tags_for


def credit(track: Track, name: str, role: str = "producer") -> Credit:
    """Return a credit of this name on the track, made where there was none."""
    crediting.add_credit(tracks=[track], credit=Said(name, role), by=track.owner)
    return track.credits.select_related("name").get(credited_as=name, role=role)


def tag_on(track: Track, name: str) -> TrackTag:
    """Return a tag on the track, put there where it was not."""
    tagging.add_tags(tracks=[track], names=[name], by=track.owner)
    return track.track_tags.select_related("tag").get(tag=tag(name))


def tag(name: str) -> Tag:
    """Return the tag of this name."""
    return tags_for([name])[0]

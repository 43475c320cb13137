"""Names, credits and tags on tracks, as their owners say them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks.credits.rules import Artist, Said
from tracks.credits.services import crediting
from tracks.models import Credit, Tag, Track, TrackTag
from tracks.tags.services import tagging
from tracks.tags.services.tagging import tags_for


def credit(track: Track, name: str, role: str = "producer") -> Credit:
    """Return a credit of this name on the track, made where there was none."""
    crediting.add_credit(tracks=[track], credit=Said(name, role), by=track.owner)
    return track.credits.select_related("name").get(credited_as=name, role=role)


def credited(count: int, role: str = "producer", **words: Any) -> list[Track]:
    """Return so many public tracks of one person with a credit of Ada, the newest first."""
    owner = UserFactory.create()
    now = timezone.now()
    tracks = [
        PublicTrackFactory.create(owner=owner, published_at=now - timedelta(minutes=n), **words)
        for n in range(count)
    ]
    if role != Credit.Role.ARTIST:
        crediting.add_credit(tracks=tracks, credit=Said("Ada", role), by=owner)
        return tracks
    for track in tracks:
        crediting.set_artists(thing=track, artists=[Artist("Ada")], by=owner)
    return tracks


def tag_on(track: Track, name: str) -> TrackTag:
    """Return a tag on the track, put there where it was not."""
    tagging.add_tags(tracks=[track], names=[name], by=track.owner)
    return track.track_tags.select_related("tag").get(tag=tag(name))


def tag(name: str) -> Tag:
    """Return the tag of this name."""
    return tags_for([name])[0]

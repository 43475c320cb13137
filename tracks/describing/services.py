"""All that a program says of a track at once, across the topics: done whole or not at all."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from config.lib.problems import Problem
from tracks.access import Person
from tracks.catalogue.services import editing
from tracks.credits.rules import Artist, Said
from tracks.credits.services import crediting
from tracks.downloads.services.settings import set_audiences
from tracks.models import Track
from tracks.music_facts import services as music_facts
from tracks.tags.services import tagging


@transaction.atomic
def describe(
    *,
    track: Track,
    by: Person,
    words: Mapping[str, Any],
    artists: list[Artist] | None = None,
    credits: list[Said] | None = None,
    tags: list[str] | None = None,
    music: Mapping[str, str] | None = None,
    audiences: Mapping[str, str] | None = None,
    seen: str = "",
) -> None:
    """Say something else of a track; what is None stays. Raises what each topic's service does.

    `words` are as `editing.edit` takes them, `music` is of `bpm` and `music_key`, `audiences` of
    the columns `gives_…`. `seen` is the mark of the track as it was read (`etag_of`): of two who
    have read the same, one writes, and the other gets Problem `changed-since` (412).
    """
    row = Track.objects.locked(track.pk)
    if seen not in {"", "*", etag_of(row)}:
        sentence = "It changed since you read it. Read it again, then change it."
        raise Problem("changed-since", sentence, status=412)
    if words:
        editing.edit(track=track, by=by, **words)
    if artists is not None:
        crediting.set_artists(thing=track, artists=artists, by=by)
    if credits is not None:
        crediting.set_credits(thing=track, credits=credits, by=by)
    if tags is not None:
        tagging.set_tags(track=track, names=tags, by=by)
    if music:
        bpm = music.get("bpm", "" if row.bpm is None else str(row.bpm))
        key = music.get("music_key", row.music_key)
        music_facts.say(track=track, bpm=bpm, key=key, by=by)
    if audiences:
        set_audiences(thing=track, by=by, audiences=audiences)
    Track.objects.locked(track.pk).save(update_fields=["updated_at"])


def etag_of(track: Track) -> str:
    """Return the mark of a track as it is: another one after each change."""
    return f'"{int(track.updated_at.timestamp() * 1_000_000):x}"'

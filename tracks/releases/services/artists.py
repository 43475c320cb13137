"""Under which names a release or a piece comes out."""

from django.db import transaction

from config.lib.lines import one_line
from config.lib.problems import Problem
from tracks.access import Person
from tracks.credits.services.crediting import read_artists, set_artists
from tracks.models import Release, Track

MOST = 400  # characters of a credit


def set_text(*, thing: Release | Track, text: str, by: Person) -> None:
    """Write the artist credit of a thing that the caller saves; empty means its owner's name.

    Each name in it becomes one of its artists. What cannot be read as names stands as it is: the
    words of a file are not refused.
    """
    line = one_line(text)[:MOST].strip()
    if line == thing.owner.name and by.pk == thing.owner_id:
        line = ""
    if line == thing.artist_credit:
        return
    try:
        with transaction.atomic():
            set_artists(thing=thing, artists=read_artists(line), by=by)
    except Problem:
        set_artists(thing=thing, artists=[], by=by)
        thing.artist_credit = line

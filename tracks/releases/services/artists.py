"""Under which names a release or a piece comes out."""

from config.lib.lines import one_line
from tracks.access import Person
from tracks.models import Release, Track


def set_text(*, thing: Release | Track, text: str, by: Person) -> None:
    """Write the artist credit of a thing that the caller saves; empty means its owner's name.

    `by` is whose deed it is.
    """
    line = one_line(text)[:400].strip()
    thing.artist_credit = "" if line == thing.owner.name and by.pk == thing.owner_id else line

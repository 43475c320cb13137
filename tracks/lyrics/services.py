"""Writing lyrics down."""

from django.db import transaction

from config.lib.problems import Problem
from tracks.lyrics import formats
from tracks.models import Lyrics, Track


def text_of(track: Track) -> str:
    """Return the lyrics as they were written, empty where there are none."""
    return Lyrics.objects.filter(track=track).values_list("text", flat=True).first() or ""


@transaction.atomic
def write(*, track: Track, text: str) -> None:
    """Let these be the lyrics; an empty text takes them away. The caller draws its pages anew.

    Raises Problem `lyrics-unreadable`.
    """
    if not text.strip():
        Lyrics.objects.filter(track=track).delete()
        return
    try:
        sung = formats.read(text)
    except ValueError as error:
        raise Problem("lyrics-unreadable", str(error), field="lyrics") from error
    words = {"text": text, "is_timed": sung.is_timed}
    Lyrics.objects.update_or_create(track=track, defaults=words)

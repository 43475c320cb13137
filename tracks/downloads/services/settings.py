"""To whom an owner opens a thing."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from config.lib import kept_pages
from config.lib.problems import Problem
from tracks.access import Person
from tracks.downloads.audiences import AUDIENCES
from tracks.downloads.services.preparing import prepare_soon
from tracks.models import Given, Release, Track
from tracks.models.audience import Audience
from tracks.visibility.services import closing

OF_TRACK = tuple(f"gives_{what}" for what in Given.values)
LOSSLESS = ("opens_lossless", "opens_lossless_listed")
OPENNESS = (Audience.NOBODY, Audience.GRANTED, Audience.LISTED, Audience.EVERYBODY)


@transaction.atomic
def set_audiences(
    *,
    thing: Track | Release,
    by: Person,
    audiences: Mapping[str, str] | None = None,
    lossless: Mapping[str, bool] | None = None,
) -> None:
    """Open a track or a release to these audiences, by the names of their columns.

    `audiences` are of `gives_original`, `gives_flac`, `gives_mp3`, `gives_stems` of a track, or of
    `download` of a release; `lossless` of a track's `opens_lossless` and `opens_lossless_listed`.
    Where fewer people get something than before, every signed address of it ends. Raises Problem:
    `not-owner` (403), `unknown-audience` (400), `not-found` (404).
    """
    if thing.owner_id != by.pk:
        raise Problem("not-owner", "Only its artist opens it to others.", status=403)
    given, heard = dict(audiences or {}), dict(lossless or {})
    columns = ("download",) if isinstance(thing, Release) else OF_TRACK
    flags = () if isinstance(thing, Release) else LOSSLESS
    unknown = {*given} - {*columns} | {*heard} - {*flags}
    if unknown or any(value not in AUDIENCES for value in given.values()):
        raise Problem("unknown-audience", "Choose one of the audiences that there are.")
    rows: Any = type(thing)._default_manager
    row = rows.select_for_update().filter(pk=thing.pk).first()
    if row is None:
        raise Problem("not-found", "This has been deleted.", status=404)
    narrower = [name for name, value in given.items() if _closes(getattr(row, name), value)]
    narrower += [name for name, value in heard.items() if getattr(row, name) and not value]
    for name, value in {**given, **heard}.items():
        setattr(row, name, value)
        setattr(thing, name, value)
    row.save(update_fields=[*given, *heard, "updated_at"])
    _follow(row, ends=bool(narrower))


def _follow(row: Track | Release, *, ends: bool) -> None:
    if isinstance(row, Release):
        kept_pages.forget(f"list:{row.pk}")
        tracks = list(row.items.values_list("track_id", flat=True))
        closing.draw_anew(tracks)
        if ends:
            closing.end_signatures_of_release(row)
    elif ends:
        closing.end_signatures(row)
    else:
        closing.draw_anew([row.pk])
    prepare_soon(row)


def _closes(before: str, after: str) -> bool:
    """Tell whether fewer may get it than before; of audiences of upper rooms nobody knows."""
    if before == after or before == Audience.NOBODY:
        return False
    known = before in OPENNESS and after in OPENNESS
    return not known or OPENNESS.index(Audience(after)) < OPENNESS.index(Audience(before))

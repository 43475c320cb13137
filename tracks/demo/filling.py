"""Filling a site with pieces, through the same pipeline as everybody's music."""

import itertools
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils.text import slugify

from media_pipeline.uploads.services.sending import send
from tracks.demo import scores
from tracks.demo.pieces import Piece, pieces_in
from tracks.models import Track
from tracks.uploads.services import UploadTarget, complete

FOLDER_VARIABLE = "NEXUS_DEMO_DATA"
OWN_ARTIST = "Nexus House Band"
LONGEST_HANDLE = 30
LOCK = 0x6E657875  # "nexu"

Report = Callable[[Piece, bool], object]


def folder_from_environment() -> Path | None:
    """Return the folder that NEXUS_DEMO_DATA names; None when it names none."""
    text = os.environ.get(FOLDER_VARIABLE, "").strip()
    return Path(text) if text and Path(text).is_dir() else None


@dataclass
class Filling:
    """The demonstration tracks of the site: those just added, and those that were there."""

    added: list[Track] = field(default_factory=list)
    there: list[Track] = field(default_factory=list)


def fill(folder: Path | None, report: Report = lambda _piece, _is_new: None) -> Filling:
    """Upload every piece that is not there yet.

    Without a folder a few short pieces are rendered first. A second call adds nothing; two calls
    at once add each piece once. `report` is told of each piece, and whether it was new.
    """
    result = Filling()
    with _alone(), tempfile.TemporaryDirectory() as workspace:
        pieces = pieces_in(folder) if folder else _own_pieces(Path(workspace))
        for piece in reversed(pieces):  # so that the first one is the newest in the end
            owner = _artist(piece.artist)
            track = Track.objects.filter(owner=owner, title=piece.title).first()
            report(piece, track is None)
            if track:
                result.there.append(track)
            else:
                result.added.append(_add(piece, owner))
    return result


def _own_pieces(workspace: Path) -> list[Piece]:
    return [
        Piece(
            workspace / f"{title}.wav",
            title,
            OWN_ARTIST,
            licence="CC0 1.0",
            source="rendered by Nexus itself, from a score in its own code",
        )
        for title in scores.PIECES
    ]


def _add(piece: Piece, owner: Any) -> Track:
    if not piece.path.exists():
        scores.render(piece.title, piece.path)
    target = UploadTarget(title=piece.title, visibility="public", description_md=piece.description)
    upload, etags = send(owner=owner, path=piece.path)
    return complete(upload=upload, by=owner, etags=etags, target=target).track


def _artist(credit: str) -> Any:
    """Return the account of the performer, without a password: nobody signs in with it.

    An account in which a person may sign in is never taken, whatever it is called.
    """
    name = re.sub(r"\s*\([^)]*\)", "", credit).split(" / ")[0].strip()[:80] or "Unknown artist"
    people = get_user_model().objects
    base = slugify(name)[: LONGEST_HANDLE - 5].strip("-_")
    base = base if len(base) > 1 else "artist"
    for number in itertools.count():
        handle = f"{base}-{number}" if number else base
        person = people.filter(handle=handle).first()
        if person is None:
            return people.create_user(handle, display_name=name)
        if not person.has_usable_password() and person.display_name == name:
            return person


@contextmanager
def _alone() -> Iterator[None]:
    """Let one filling at a time run, on this database; the lock ends with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

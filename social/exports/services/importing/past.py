"""Bringing what was said of pieces before: each save in its place, to be looked at and undone."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib.archive import read_moment
from config.lib.ids import uuid7_of
from social.exports.services.importing.origins import REVISION, TRACK, Origins, Report
from social.exports.services.opening import Archive
from social.models import User
from tracks.catalogue import rules
from tracks.models import Revision, Track

Row = dict[str, Any]
BATCH = 1000  # rows a statement
LYRICS_MOST = 100_000
UNFIT = "they say nothing that can be said of a piece here"


def bring_past(owner: User, archive: Archive, origins: Origins, report: Report) -> None:
    """Bring the saves of pieces that have come, piece by piece; each in one transaction."""
    saves: dict[str, list[Row]] = defaultdict(list)
    for row in archive.rows["revisions"]:
        saves[row["track"]].append(row)
    for origin in sorted(saves):
        local = origins.of(TRACK, origin)
        track = Track.objects.filter(pk=local, owner=owner).first() if local else None
        if track is None:
            report.leave("saves", "their piece was not brought", len(saves[origin]))
            continue
        new = [row for row in saves[origin] if not origins.of(REVISION, row["id"])]
        report.there[REVISION] += len(saves[origin]) - len(new)
        _bring(owner, track, sorted(new, key=lambda row: row["created_at"]), origins, report)


def _bring(owner: User, track: Track, rows: list[Row], origins: Origins, report: Report) -> None:
    now = timezone.now()
    made: dict[str, Revision] = {}
    for row in rows:
        before, after = _said(row["before"]), _said(row["after"])
        both = before.keys() & after.keys()
        if not both:
            report.leave("saves", UNFIT)
            continue
        at = min(read_moment(row["created_at"]), now)
        made[row["id"]] = Revision(
            pk=uuid7_of(at),
            track=track,
            by=owner,
            before={name: word for name, word in before.items() if name in both},
            after={name: word for name, word in after.items() if name in both},
            undoes=made.get(row["undoes"]),
            created_at=at,
        )
    found = list(made.values())
    times = [row.created_at for row in found]
    with transaction.atomic():
        Revision.objects.bulk_create(found, batch_size=BATCH)
        for save, at in zip(found, times, strict=True):
            save.created_at = at  # which is now for every row that is made
        Revision.objects.bulk_update(found, ["created_at"], batch_size=BATCH)
        origins.note(REVISION, *((origin, row.pk) for origin, row in made.items()))
    report.made[REVISION] += len(found)


def _said(words: Row) -> Row:
    """Return the fields of a save that can be said of a piece here, each by its own rule."""
    said: Row = {}
    for name, word in words.items():
        if name not in rules.LABELS or not _is_of(name, word):
            continue
        try:
            said[name] = rules.checked(name, word)
        except ValueError:
            continue
    return said


def _is_of(name: str, word: Any) -> bool:
    """Tell whether a value has the kind and the length of its field."""
    if name == "lyrics":
        return isinstance(word, str) and len(word) <= LYRICS_MOST
    if name == "description_md":
        return isinstance(word, str) and len(word) <= rules.DESCRIPTION_MOST
    if name == "release_at":
        return word is None or (isinstance(word, str) and _is_moment(word))
    column: Any = Track._meta.get_field(name)
    if column.get_internal_type() == "BooleanField":
        return isinstance(word, bool)
    named = dict(column.flatchoices)
    return isinstance(word, str) and len(word) <= column.max_length and word in (named or {word})


def _is_moment(word: str) -> bool:
    try:
        read_moment(word)
    except ValueError:
        return False
    return True

"""Bringing what was said about the tracks that came along: each note at its moment, as it stood.

All notes belong to whoever brings them; who else wrote one stays an attribution, as with notes
from a file (`social.notes.services.files`).
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib import kept_pages, live
from config.lib.archive import read_moment
from config.lib.ids import uuid7
from config.lib.lines import is_seen, one_line
from media_pipeline import faults
from social.exports.services.importing.origins import (
    NOTE,
    POLICY,
    TRACK,
    VERSION,
    Origins,
    Report,
)
from social.exports.services.opening import Archive
from social.models import Note, Placement, Resolution, ReviewPolicy, User
from social.review.services.reviewers import set_policy
from tracks.models import Track, TrackVersion

Row = dict[str, Any]
BATCH = 1000  # rows a statement
ATTRIBUTION_MOST = 80


def bring_words(owner: User, archive: Archive, origins: Origins, report: Report) -> None:
    """Bring notes and who may write them, track by track; each in one transaction."""
    notes: dict[str, list[Row]] = defaultdict(list)
    for row in archive.rows["notes"]:
        notes[row["track"]].append(row)
    policies = {row["track"]: row for row in archive.rows["reviews"] if row["kind"] == "policy"}
    own = {row["id"] for row in archive.rows["tracks"]}
    for origin in sorted(own):
        local = origins.of(TRACK, origin)
        track = Track.objects.filter(pk=local, owner=owner).first() if local else None
        if track is None:
            report.leave("notes", "their piece was not brought", len(notes[origin]))
            continue
        _bring_policy(track, policies.get(origin), origins, report)
        _OfTrack(owner, track, origins, report).bring(notes[origin])
        faults.point("import:notes", track.slug)
    elsewhere = sum(len(rows) for origin, rows in notes.items() if origin not in own)
    report.leave("notes on pieces of others", "they stay where those are", elsewhere)


def leave_the_rest(archive: Archive, report: Report) -> None:
    """Say what nobody can say in another one's name: it is kept in the archive."""
    reviews = [row for row in archive.rows["reviews"] if row["kind"] != "policy"]
    ask, said = "ask them again", "only who said so can say so here"
    report.leave("reviewers and approvers", ask, len(reviews))
    report.leave("review links", "make new ones", len(archive.rows["review_links"]))
    report.leave("sign-offs", said, len(archive.rows["sign_offs"]))
    report.leave("blind tests", said, len(archive.rows["blind_tests"]))
    handle = archive.head["handle"]
    listeners = [row for row in archive.rows["listeners"] if row["owner"] == handle]
    let = [row for row in archive.rows["download_grants"] if row["person"] != handle]
    # Who is called so here may be somebody else, and is given nothing before the artist says so.
    report.leave("people on the list of listeners", "put them on it here", len(listeners))
    report.leave("leave to keep music", "give it here, to who is called so here", len(let))


def _bring_policy(track: Track, row: Row | None, origins: Origins, report: Report) -> None:
    if row is None or row["who"] not in ReviewPolicy.Who.values:
        return
    if origins.of(POLICY, row["track"]):
        report.there[POLICY] += 1
        return
    with transaction.atomic():
        set_policy(track=track, who=row["who"])
        origins.note(POLICY, (row["track"], track.pk))
    report.made[POLICY] += 1


class _OfTrack:
    """The notes of one track."""

    def __init__(self, owner: User, track: Track, origins: Origins, report: Report) -> None:
        self.owner, self.track, self.origins, self.report = owner, track, origins, report
        self.versions = {str(row.pk): row for row in TrackVersion.objects.filter(track=track)}
        self.now = timezone.now()
        self.notes: list[Note] = []
        self.rows: list[Row] = []
        self.made: dict[str, Note] = {}  # by their ids in the archive

    def bring(self, rows: list[Row]) -> None:
        """Make the notes that are not here yet, in one transaction; replies under their notes."""
        for row in sorted(rows, key=lambda row: (row["parent"] is not None, row["created_at"])):
            if self.origins.of(NOTE, row["id"]) or row["id"] in self.made:
                self.report.there[NOTE] += 1
            elif why := self._wrong(row):
                self.report.leave("notes", why)
            else:
                self._add(row)
        if self.notes:
            with transaction.atomic():
                self._write()
        self.report.made[NOTE] += len(self.notes)

    def _version(self, origin: str | None) -> TrackVersion | None:
        return self.versions.get(self.origins.of(VERSION, origin) or "") if origin else None

    def _parent(self, row: Row) -> Any:
        """Return the id of the note that is answered; None for none, or where it is not here."""
        local = self.origins.of(NOTE, row["parent"])
        if row["parent"] in self.made:
            return self.made[row["parent"]].pk
        roots = Note.objects.filter(pk=local, track=self.track, parent=None) if local else None
        return roots.values_list("pk", flat=True).first() if roots is not None else None

    def _wrong(self, row: Row) -> str:
        """Return why a note cannot be taken; empty where it can."""
        if self._version(row["version"]) is None:
            return "their version was not brought"
        if row["until_ms"] is not None and row["until_ms"] <= row["at_ms"]:
            return "a passage that ends before it begins"
        if not row["removed_at"] and not is_seen(row["body_md"]):
            return "there is nothing in them"
        if row["parent"] and self._parent(row) is None:
            return "what they answer was not brought"
        return ""

    def _add(self, row: Row) -> None:
        note = Note(
            pk=uuid7(),
            track=self.track,
            version=self._version(row["version"]),
            user=self.owner,
            parent_id=self._parent(row) if row["parent"] else None,
            at_ms=row["at_ms"],
            until_ms=row["until_ms"],
            body_md="" if row["removed_at"] else row["body_md"],
            attribution=_attribution(row),
            visibility=row["visibility"],
            edited_at=self._past(row["edited_at"]),
            removed_at=self._past(row["removed_at"]),
        )
        self.notes.append(note)
        self.rows.append(row)
        if not row["parent"]:
            self.made[row["id"]] = note

    def _write(self) -> None:
        Note.objects.bulk_create(self.notes, batch_size=BATCH)
        for note, row in zip(self.notes, self.rows, strict=True):
            note.created_at = self._past(row["created_at"]) or self.now
        Note.objects.bulk_update(self.notes, ["created_at"], batch_size=BATCH)
        roots = [pair for pair in zip(self.notes, self.rows, strict=True) if not pair[0].parent_id]
        places = [place for note, row in roots for place in self._places(note, row)]
        Placement.objects.bulk_create(places, batch_size=BATCH)
        self._resolve([(note, row["resolution"]) for note, row in roots if row["resolution"]])
        pairs = zip(self.rows, self.notes, strict=True)
        self.origins.note(NOTE, *((row["id"], note.pk) for row, note in pairs))
        kept_pages.forget(f"track:{self.track.pk}", f"notes:{self.track.pk}")
        group = f"notes-{self.track.pk}"
        transaction.on_commit(lambda: live.announce(group, "notes.changed"))

    def _places(self, note: Note, row: Row) -> list[Placement]:
        found: dict[Any, Placement] = {}
        for place in row["placements"]:
            version = self._version(place["version"])
            if version is not None:
                found[version.pk] = Placement(
                    note=note,
                    version=version,
                    at_ms=place["at_ms"],
                    until_ms=place["until_ms"],
                    carried_from=self._version(place["carried_from"]),
                    confidence=place["confidence"],
                    changed=place["changed"],
                    lost=place["lost"],
                )
        if not found:  # a note stands at least where it was written
            words = {"at_ms": note.at_ms, "until_ms": note.until_ms}
            return [Placement(note=note, version=note.version, **words)]
        return list(found.values())

    def _resolve(self, pairs: list[tuple[Note, Row]]) -> None:
        done = [
            Resolution(note=note, by=self.owner, version=self._version(row["version"]))
            for note, row in pairs
        ]
        Resolution.objects.bulk_create(done, batch_size=BATCH)
        for resolution, (_, row) in zip(done, pairs, strict=True):
            resolution.created_at = self._past(row["created_at"]) or self.now
        Resolution.objects.bulk_update(done, ["created_at"], batch_size=BATCH)

    def _past(self, words: str | None) -> datetime | None:
        return min(read_moment(words), self.now) if words else None


def _attribution(row: Row) -> str:
    if row["writer"]["own"]:
        return one_line(row["attribution"])[:ATTRIBUTION_MOST]
    return one_line(row["writer"]["name"])[:ATTRIBUTION_MOST]

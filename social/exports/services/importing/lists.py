"""Bringing releases and playlists, with the pieces that came along."""

from typing import Any

from django.db import transaction

from config.lib.archive import read_moment
from config.lib.lines import one_line
from config.lib.problems import Problem
from social.exports.services.importing.origins import (
    COLLABORATOR,
    PLAYLIST,
    RELEASE,
    TRACK,
    Origins,
    Report,
)
from social.exports.services.importing.said import bring_address
from social.exports.services.opening import Archive
from social.models import User
from tracks import dates
from tracks.collections import services as collections
from tracks.covers import services as covers
from tracks.criteria.language import Unclear, read
from tracks.downloads.services.people import person_called
from tracks.labels import services as labels
from tracks.models import Playlist, Release, Track
from tracks.playlists.services import people
from tracks.releases.services import ordering

Row = dict[str, Any]
UNTITLED = "Untitled"
WAS_DELETED = "it was deleted there"
SAID = ("artist_credit", "catalogue_number", "upc", "licence", "notes_md", "time_zone", "download")


def bring_lists(owner: User, archive: Archive, origins: Origins, report: Report) -> None:
    """Bring what is not here yet, each list with all that is in it in one transaction."""
    for row in sorted(_kept(archive, "releases", report), key=lambda row: row["id"]):
        words = _words(row) | {"kind": row["kind"], "released_on": _date(row)} | _more(owner, row)
        _bring(owner, origins, report, RELEASE, row, words, list(dict.fromkeys(row["tracks"])))
    for row in sorted(_kept(archive, "playlists", report), key=lambda row: row["id"]):
        items = sorted(row["items"], key=lambda item: item["position"])
        tracks = [item["track"] for item in items]
        words = _words(row) | {"rules": _rules(row)}
        _bring(owner, origins, report, PLAYLIST, row, words, tracks)


def _date(row: Row) -> str:
    """Return its date; empty for none, and for a day that there is not."""
    try:
        return dates.read(row["released_on"] or "")
    except ValueError:
        return ""


def _kept(archive: Archive, section: str, report: Report) -> list[Row]:
    """Return the rows that were not deleted there."""
    for row in archive.rows[section]:
        if row["deleted_at"]:
            report.leave(f"“{row['title']}”", WAS_DELETED)
    return [row for row in archive.rows[section] if not row["deleted_at"]]


def _words(row: Row) -> Row:
    return {
        "title": one_line(row["title"]) or UNTITLED,
        "description_md": row["description_md"],
        "visibility": row["visibility"],
    }


def _more(owner: User, row: Row) -> Row:
    """Return what newer archives say of a release; a label is this person's of that name."""
    said = {name: row[name] for name in SAID if name in row}
    for name in ("release_at", "published_at"):
        if row.get(name):
            said[name] = read_moment(row[name])
    if label := labels.named(name=row.get("label", ""), by=owner):
        said["label"] = label
    return said


def bring_labels(owner: User, archive: Archive) -> None:
    """Bring the words of labels that have none here; their names came with the releases."""
    for row in archive.rows["labels"]:
        label = labels.named(name=row["name"], by=owner)
        if label and not (label.description_md or label.link):
            link = row["link"] if row["link"].startswith(("https://", "http://")) else ""
            words = {"description_md": row["description_md"], "link": link}
            labels.edit(label=label, by=owner, name=label.name, **words)


def bring_covers(owner: User, archive: Archive, origins: Origins, report: Report) -> None:
    """Give pieces and releases that have come, and have none of their own, their covers."""
    for row in archive.rows["covers"]:
        kind, model = (TRACK, Track) if row["kind"] == "track" else (RELEASE, Release)
        rows: Any = model._default_manager.filter(owner=owner, cover=None)
        thing = rows.select_related("owner").filter(pk=origins.of(kind, row["of"])).first()
        if thing is None:
            continue
        listed = archive.files.get(row["path"])
        if listed is None or listed.size > covers.MOST_BYTES:
            report.leave("covers", "the picture did not come along")
            continue
        data = b"".join(archive.chunks(row["path"]))
        try:
            covers.put(thing=thing, data=data, by=owner, filename=row["filename"])
        except Problem as refusal:
            report.leave(f"the cover “{row['filename']}”", refusal.detail)


def _rules(row: Row) -> dict[str, Any] | None:
    """Return the rules of a smart playlist, read as if somebody wrote them; None for another."""
    try:
        return read(row["rules"]).kept() if row.get("rules") else None
    except Unclear:
        return None


def _bring(
    owner: User,
    origins: Origins,
    report: Report,
    kind: str,
    row: Row,
    words: Row,
    tracks: list[str | None],
) -> None:
    if origins.of(kind, row["id"]):
        report.there[kind] += 1
        return
    name, model = ("release", Release) if kind == RELEASE else ("playlist", Playlist)
    locals_of = [origins.of(TRACK, track) for track in tracks]
    found = Track.objects.filter(owner=owner).in_bulk([pk for pk in locals_of if pk])
    here = {str(pk): track for pk, track in found.items()}
    left = 0
    with transaction.atomic():
        made = collections.create(kind=name, owner=owner, words=words)
        for local in locals_of:
            track = here.get(local or "")
            left += not (track and _added(made, track))
        if isinstance(made, Release):
            _part(made, row, locals_of)
        model.objects.filter(pk=made.pk).update(created_at=read_moment(row["created_at"]))
        bring_address(made, row, report)
        if isinstance(made, Playlist):
            _invite(made, row, report)
        origins.note(kind, (row["id"], made.pk))
    report.made[kind] += 1
    report.leave(f"pieces in “{row['title']}”", "they did not come along", left)


def _invite(made: Playlist, row: Row, report: Report) -> None:
    """Ask those who worked on it, where somebody is called so here; they say themselves if they do.

    Needs the transaction in which it was made.
    """
    Playlist.objects.filter(pk=made.pk).update(all_take_out=row["all_take_out"])
    for one in row["collaborators"]:
        try:
            person = person_called(one["handle"], made.owner)
            people.invite(playlist=made, person=person, by=made.owner)
        except Problem as refusal:
            report.leave(f"@{one_line(one['handle'])}, who works on playlists", refusal.detail)
        else:
            report.made[COLLABORATOR] += 1


def _part(made: Release, row: Row, locals_of: list[str | None]) -> None:
    """Give what has come its discs, where the archive names them and they make sense."""
    discs = row.get("discs", [])
    if len(discs) != len(locals_of):
        return
    of_track = dict(zip(map(str, locals_of), discs, strict=True))
    places = [(item, of_track[str(item.track_id)]) for item in made.items.order_by("position")]
    if all(1 <= disc <= ordering.DISCS_MOST for _, disc in places):
        ordering.write(made, sorted(places, key=lambda place: (place[1], place[0].position)))


def _added(made: Any, track: Track) -> bool:
    try:
        collections.add(collection=made, track=track)
    except Problem:
        return False
    return True

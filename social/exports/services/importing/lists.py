"""Bringing releases and playlists, with the pieces that came along."""

from datetime import date
from typing import Any

from django.db import transaction

from config.lib.archive import read_moment
from config.lib.lines import one_line
from config.lib.problems import Problem
from social.exports.services.importing.origins import PLAYLIST, RELEASE, TRACK, Origins, Report
from social.exports.services.opening import Archive
from social.models import User
from tracks.collections import services as collections
from tracks.criteria.language import Unclear, read
from tracks.models import Playlist, Release, Track

Row = dict[str, Any]
UNTITLED = "Untitled"


def bring_lists(owner: User, archive: Archive, origins: Origins, report: Report) -> None:
    """Bring what is not here yet, each list with all that is in it in one transaction."""
    for row in sorted(archive.rows["releases"], key=lambda row: row["id"]):
        day = row["released_on"] and date.fromisoformat(row["released_on"])
        words = _words(row) | {"kind": row["kind"], "released_on": day}
        _bring(owner, origins, report, RELEASE, row, words, list(dict.fromkeys(row["tracks"])))
    for row in sorted(archive.rows["playlists"], key=lambda row: row["id"]):
        items = sorted(row["items"], key=lambda item: item["position"])
        tracks = [item["track"] for item in items]
        words = _words(row) | {"rules": _rules(row)}
        _bring(owner, origins, report, PLAYLIST, row, words, tracks)


def _words(row: Row) -> Row:
    return {
        "title": one_line(row["title"]) or UNTITLED,
        "description_md": row["description_md"],
        "visibility": row["visibility"],
    }


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
        model.objects.filter(pk=made.pk).update(created_at=read_moment(row["created_at"]))
        origins.note(kind, (row["id"], made.pk))
    report.made[kind] += 1
    report.leave(f"pieces in “{row['title']}”", "they did not come along", left)


def _added(made: Any, track: Track) -> bool:
    try:
        collections.add(collection=made, track=track)
    except Problem:
        return False
    return True

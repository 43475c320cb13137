"""Bringing what was said of music: who made it, its tags, its tempo and key.

A thing that has any of it here already keeps it, so that doing this again changes nothing.
"""

from collections import defaultdict
from typing import Any

from config.lib.problems import Problem
from social.exports.services.importing.origins import RELEASE, TRACK, Origins, Report
from social.exports.services.opening import Archive
from social.models import User
from tracks.credits.rules import Artist, Said
from tracks.credits.services import crediting
from tracks.models import Credit, Release, Track, TrackTag
from tracks.music_facts import services as music
from tracks.tags.services import tagging

Row = dict[str, Any]
BEFORE = "what its archive said was changed here since, or cannot be said here"


def bring_said(owner: User, archive: Archive, origins: Origins, report: Report) -> None:
    """Bring credits of tracks and releases, tags, tempo and key."""
    for kind, name, model in ((TRACK, "track", Track), (RELEASE, "release", Release)):
        for origin, rows in _by(archive.rows["credits"], name).items():
            if thing := _here(model, owner, origins.of(kind, origin)):
                _credit(thing, rows, report)
    for origin, rows in _by(archive.rows["tags"], "track").items():
        if track := _here(Track, owner, origins.of(TRACK, origin)):
            _tag(track, rows, report)
    for row in archive.rows["music"]:
        if track := _here(Track, owner, origins.of(TRACK, row["track"])):
            _measure(track, row, report)


def _by(rows: list[Row], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[name]:
            found[row[name]].append(row)
    return found


def _here(model: Any, owner: User, local: Any) -> Any:
    return model.objects.filter(pk=local, owner=owner).first() if local else None


def _credit(thing: Track | Release, rows: list[Row], report: Report) -> None:
    if thing.credits.exists():
        return
    ordered = sorted(rows, key=lambda row: row["position"])
    artists = [row for row in ordered if row["role"] == Credit.Role.ARTIST]
    others = [row for row in ordered if row["role"] != Credit.Role.ARTIST]
    try:
        crediting.set_all(
            thing=thing,
            artists=[Artist(r["name"], r["join_phrase"], r["credited_as"]) for r in artists],
            credits=[
                Said(r["name"], r["role"], r["detail"], r["url"], r["credited_as"]) for r in others
            ],
            by=thing.owner,
        )
    except Problem:
        report.leave(f"credits of “{thing.title}”", BEFORE)


def _tag(track: Track, rows: list[Row], report: Report) -> None:
    if track.track_tags.exclude(state=TrackTag.State.SUGGESTED).exists():
        return
    names = [row["name"] for row in rows if row["state"] == TrackTag.State.ACCEPTED]
    try:
        tagging.add_tags(tracks=[track], names=names, by=track.owner)
    except Problem:
        report.leave(f"tags of “{track.title}”", BEFORE)


def _measure(track: Track, row: Row, report: Report) -> None:
    """Bring what the owner said; what was measured is measured here, too."""
    bpm = "" if row["bpm"] is None or row["bpm_confidence"] is not None else str(row["bpm"])
    key = row["music_key"] if row["music_key_confidence"] is None else ""
    if not (bpm or key) or (track.bpm or track.music_key):
        return
    try:
        music.say(track=track, bpm=bpm, key=key, by=track.owner)
    except Problem:
        report.leave(f"tempo and key of “{track.title}”", BEFORE)

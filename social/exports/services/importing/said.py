"""What an archive says of a piece, looked at by the rules of this site."""

from typing import Any

from config.lib.lines import one_line
from config.lib.problems import Problem
from social.exports.services.importing.origins import Report
from tracks.catalogue import rules
from tracks.downloads.audiences import AUDIENCES
from tracks.lyrics import services as lyrics
from tracks.models import Given, Track, slugs

Row = dict[str, Any]
NO_AUDIENCE = "this site knows no such audience"
TAKEN = "something else has them here"
FIELDS = (
    *("language", "is_explicit", "content_warning", "ai_made", "is_sponsored"),
    *("licence", "isrc", "iswc"),
)


def said_of_track(row: Row) -> Row:
    """Return the columns that a track's row describes; what no rule lets pass is left out."""
    said: Row = {}
    for name in (*FIELDS, *(["form"] if "form" in row else [])):
        try:
            said[name] = rules.checked(name, row[name])
        except ValueError:
            continue
    return said


def opened_as(track: str, row: Row, report: Report) -> Row:
    """Return the columns that say to whom a piece is given, by its row of `opened`."""
    said: Row = {"opens_lossless_listed": row["lossless_listed"]}
    for what, audience in row["audiences"].items():
        if what in Given.values and audience in AUDIENCES:
            said[f"gives_{what}"] = audience
        else:
            report.leave(f"to whom “{track}” is given as {one_line(what)[:20]}", NO_AUDIENCE)
    return said


def bring_address(thing: Any, row: Row, report: Report) -> None:
    """Let a thing just made be found where it was, as far as that is free. In its transaction."""
    words: list[str] = []
    for word in (row["slug"], *row["former_slugs"]):
        try:
            words.append(rules.slug(word))
        except ValueError:
            report.leave("addresses", "they are none here")
    if words:
        report.leave("addresses", TAKEN, slugs.restore(thing, words[0], words[1:]))


def bring_lyrics(track: Track, row: Row) -> None:
    """Write its lyrics down, unless they cannot be read."""
    try:
        lyrics.write(track=track, text=row["lyrics"])
    except Problem:
        return

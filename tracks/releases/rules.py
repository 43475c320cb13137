"""What the tags of a folder's files say of a release, and what is left out of it.

Tags lie: numbers come twice, days are zero, titles are markup. Nothing here raises, whatever
they say, and the same files always stand in the same order.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.lib.lines import one_line
from tracks import codes, dates

TITLE_MAX, CREDIT_MAX, LABEL_MAX, NUMBER_MAX = 200, 400, 120, 60
NUMBER = re.compile(r"\s*0*(\d{1,3})(?:\s*/.*)?\s*", re.ASCII | re.DOTALL)
DAY = re.compile(r"\s*(\d{4}(?:-\d\d){0,2}?)(?:-00){0,2}(?:[T ].*)?\s*", re.ASCII | re.DOTALL)
DISC_FOLDER = re.compile(r"(?:cd|dis[ck]|volume|vol)[\s._-]*0*(\d{1,2})\b", re.ASCII | re.I)
DIGITS = re.compile(r"(\d{1,18})", re.ASCII)
ANYBODY = {"various artists", "various", "va"}
AGREED = 0.6  # of the files: what fewer say is no word for all of them
# As distributors count: up to three pieces are a single, up to six and half an hour an EP.
SINGLE_MOST, EP_MOST, EP_LONGEST_MS = 3, 6, 30 * 60_000


@dataclass(frozen=True)
class Told:
    """What one file says of itself; empty or None where it says nothing that makes sense."""

    album: str = ""
    album_artist: str = ""
    artist: str = ""
    label: str = ""
    catalogue_number: str = ""
    upc: str = ""
    isrc: str = ""
    day: str = ""
    disc: int | None = None
    number: int | None = None


@dataclass(frozen=True)
class File:
    """A file of a folder: whose place it takes, where it lay, and what its tags say."""

    key: Hashable
    path: str
    told: Told
    duration_ms: int = 0


@dataclass(frozen=True)
class Words:
    """What the files together say of their release."""

    title: str
    artist_credit: str
    kind: str
    released_on: str
    label: str
    catalogue_number: str
    upc: str


def told_by(tags: Mapping[str, Any]) -> Told:
    """Read the tags of a file, by the names FFmpeg gives them."""

    def text(most: int, *names: str) -> str:
        lines = (one_line(str(tags.get(name, "")))[:most].strip() for name in names)
        return next(filter(None, lines), "")

    def number(*names: str) -> int | None:
        found = NUMBER.fullmatch(text(20, *names))
        return int(found[1]) or None if found else None

    return Told(
        album=text(TITLE_MAX, "album"),
        album_artist=text(CREDIT_MAX, "album_artist", "albumartist", "album artist"),
        artist=text(CREDIT_MAX, "artist", "performer"),
        label=text(LABEL_MAX, "label", "publisher", "organization"),
        catalogue_number=text(NUMBER_MAX, "catalognumber", "catalog", "catalognum"),
        upc=_code(codes.upc, text(40, "barcode", "upc", "ean", "ean/upn")),
        isrc=_code(codes.isrc, text(40, "isrc", "tsrc")),
        day=_code(_day, text(40, "date", "originaldate", "tdrl", "year")),
        disc=number("disc", "discnumber", "tpos"),
        number=number("track", "tracknumber", "trck"),
    )


def words_of(files: Sequence[File], *, fallback: str) -> Words:
    """Return what most files say; the title is `fallback` (the folder's name) where none does."""
    told = [file.told for file in files]
    credit = _most(one.album_artist for one in told)
    if not credit:
        credit = _agreed([one.artist for one in told])
    kind = kind_of([file.duration_ms for file in files])
    if credit.casefold() in ANYBODY:
        kind = "compilation"
    return Words(
        title=_most(one.album for one in told) or fallback,
        artist_credit=credit,
        kind=kind,
        released_on=max((one.day for one in told), default=""),
        label=_most(one.label for one in told),
        catalogue_number=_most(one.catalogue_number for one in told),
        upc=_most(one.upc for one in told),
    )


def kind_of(lengths_ms: Sequence[int]) -> str:
    """Return `single`, `ep` or `album`, by how many pieces there are and how long they are."""
    if len(lengths_ms) > EP_MOST or sum(lengths_ms) > EP_LONGEST_MS:
        return "album"
    return "single" if len(lengths_ms) <= SINGLE_MOST else "ep"


def in_order(files: Iterable[File]) -> list[tuple[Hashable, int]]:
    """Return the keys in the order of disc, number and path, each with its disc, from 1 on.

    Folders (`CD1`) count where no tag names a disc, and where tags give one number twice that the
    folders tell apart.
    """
    listed = list(files)
    by_tag = {file.key: file.told.disc or folder_disc(file.path) or 1 for file in listed}
    by_folder = {file.key: folder_disc(file.path) or 1 for file in listed}
    discs = by_tag
    if _doubles(listed, by_tag) > _doubles(listed, by_folder):
        discs = by_folder
    places = {disc: place for place, disc in enumerate(sorted(set(discs.values())), start=1)}

    def rank(file: File) -> tuple[Any, ...]:
        number = file.told.number
        return places[discs[file.key]], number is None, number or 0, natural(file.path)

    return [(file.key, places[discs[file.key]]) for file in sorted(listed, key=rank)]


def folder_disc(path: str) -> int | None:
    """Return the disc that a folder of this path names: 2 for `Orchard/CD2/01 Song.flac`."""
    for folder in reversed(path.split("/")[:-1]):
        if found := DISC_FOLDER.match(folder.strip()):
            return int(found[1]) or None
    return None


def natural(path: str) -> tuple[Any, ...]:
    """Return a key by which `2.wav` comes before `10.wav`; equal ones are the same path."""
    parts = DIGITS.split(path.casefold())
    return tuple(((part.isascii() and part.isdigit() and int(part)) or 0, part) for part in parts)


def _doubles(files: Sequence[File], discs: Mapping[Hashable, int]) -> int:
    seen = Counter((discs[file.key], file.told.number) for file in files if file.told.number)
    return sum(count - 1 for count in seen.values())


def _most(said: Iterable[str]) -> str:
    """Return what is said most often, of equals what was said first."""
    counted = Counter(filter(None, said))
    return counted.most_common(1)[0][0] if counted else ""


def _agreed(said: Sequence[str]) -> str:
    most = _most(said)
    return most if most and said.count(most) >= AGREED * len(said) else ""


def _day(text: str) -> str:
    """Return as much of a date as is said; months and days of zero are not."""
    found = DAY.fullmatch(text)
    return dates.read(found[1] if found else text)


def _code(read: Callable[[str], str], text: str) -> str:
    try:
        return read(text)
    except ValueError:  # a code that fails its check is none
        return ""

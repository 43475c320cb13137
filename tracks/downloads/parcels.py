"""What is handed out, put together of prepared files: one file as it is, or a zip of many."""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from config.lib.origins import home
from media_pipeline.delivery import covers
from media_pipeline.storage import get_storage
from tracks.archive_paths import safe_name
from tracks.downloads.layout import Member, Stretch, size_of, zipped
from tracks.downloads.selectors import Need
from tracks.downloads.words import cover_of
from tracks.models import Parcel, PreparedFile, Release, Track

TYPES = {
    "flac": "audio/flac",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "aiff": "audio/aiff",
    "aif": "audio/aiff",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
}
ZIP = "application/zip"
SUMS, MANIFEST, README, COVER = "SHA256SUMS", "manifest.json", "README.txt", "cover.jpg"
OWN_NAMES = (SUMS, MANIFEST, README, COVER)
TOLD = (
    *("isrc", "licence", "licence_url", "copyright", "composer", "lyricist", "producer"),
    *("mixer", "engineer", "performer"),
)
FORMAT = "nexus-download"


@dataclass(frozen=True)
class File:
    """One file to be handed out: what was needed, and what lies ready."""

    need: Need
    row: PreparedFile


def of_file(track: Track, file: File) -> Parcel:
    """Return the parcel of one file; not saved."""
    artist = track.artist_credit or track.owner.name
    name = safe_name(f"{artist} - {track.title}.{file.row.ending}")
    kind = TYPES.get(file.row.ending, "application/octet-stream")
    return _parcel(name, kind, [_stretch(piece) for piece in file.row.pieces()], [file])


def stored_whole(parcel: Parcel) -> str:
    """Return the key of the stored file that a parcel is byte for byte; empty for any other."""
    stretches = parcel.stretches
    if len(stretches) != 1 or not isinstance(stretches[0], list):
        return ""
    key, start, end = stretches[0]
    return key if (start, end) == (0, parcel.size_bytes) else ""


def of_stems(track: Track, files: Sequence[File]) -> Parcel:
    """Return the parcel of a track's stems, in a folder of its name; not saved."""
    artist = track.artist_credit or track.owner.name
    folder = safe_name(f"{artist} - {track.title} (stems)")
    names = _Names()
    members = []
    for file in files:
        title = str(file.need.stem)
        name = names.free(f"{file.need.number:02d} {title}.{file.row.ending}")
        members.append(_member(f"{folder}/{name}", file))
    zip_members = [*members, *_told(folder, members, files, _head(track))]
    return _parcel(f"{folder}.zip", ZIP, zipped(zip_members), files)


def of_release(release: Release, files: Sequence[File]) -> Parcel:
    """Return the parcel of a release: its files in order, cover, sums and manifest; not saved."""
    artist = release.artist_credit or release.owner.name
    folder = safe_name(f"{artist} - {release.title}")
    discs = {file.need.place.disc for file in files if file.need.place}
    names = _Names()
    members = []
    for file in files:
        place = file.need.place
        number = f"{place.disc}-" if place and (len(discs) > 1 or discs != {1}) else ""
        title = f"{number}{file.need.number:02d} {file.need.track.title}.{file.row.ending}"
        members.append(_member(f"{folder}/{names.free(title)}", file))
    members += _cover(folder, release, files)
    zip_members = [*members, *_told(folder, members, files, _head(release))]
    return _parcel(f"{folder}.zip", ZIP, zipped(zip_members), files)


class _Names:
    """Names of files in one folder, none of them twice, whatever the case of its letters."""

    def __init__(self) -> None:
        self._taken = {name.casefold() for name in OWN_NAMES}

    def free(self, wanted: str) -> str:
        name = safe_name(wanted)
        stem, _, ending = name.rpartition(".")
        number = 2
        while name.casefold() in self._taken:
            name = f"{stem} ({number}).{ending}"
            number += 1
        self._taken.add(name.casefold())
        return name


def _member(path: str, file: File) -> Member:
    stretches = [_stretch(piece) for piece in file.row.pieces()]
    row = file.row
    return Member(path, stretches, row.size_bytes, row.crc32, row.prepared_at.astimezone(UTC))


def _stretch(piece: Sequence[Any]) -> Stretch:
    key, start, end = piece
    return key, start, end


def _text(path: str, data: bytes, at: datetime) -> Member:
    return Member(path, [data], len(data), zlib.crc32(data), at)


def _cover(folder: str, release: Release, files: Sequence[File]) -> list[Member]:
    first = files[0]
    is_shown = release.cover and not covers.hidden_among([release.cover_id])
    asset = release.cover.asset if is_shown and release.cover else None
    artwork = getattr(asset, "artwork", None) or cover_of(first.need.track, None)
    if artwork is None or not get_storage().exists(artwork.full_key):
        return []
    at = first.row.prepared_at.astimezone(UTC)
    return [_text(f"{folder}/{COVER}", get_storage().read(artwork.full_key), at)]


def _head(thing: Track | Release) -> dict[str, Any]:
    """Return what a manifest says of the whole; `when` is added by what lies ready."""
    public = thing.visibility == "public"
    page = home() + (thing if public else thing.owner).get_absolute_url()
    return {
        "format": FORMAT,
        "version": 1,
        "title": thing.title,
        "artist": thing.artist_credit or thing.owner.name,
        "licence": thing.get_licence_display(),
        "from": page,
        "site": settings.SITE_NAME,
    }


def _told(
    folder: str, members: Sequence[Member], files: Sequence[File], head: dict[str, Any]
) -> list[Member]:
    """Return the manifest for programs and for people, and the sums of everything else.

    Its moment is when the last file was made ready: so the same files are the same zip, whoever
    asks and how often.
    """
    latest = max(file.row.prepared_at for file in files).astimezone(UTC)
    when = latest.isoformat(timespec="seconds")
    listed = [_line(member, file) for member, file in zip(members, files, strict=False)]
    told = head | {"prepared_at": when, "files": listed}
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    found = [
        _text(f"{folder}/{MANIFEST}", text.encode(), latest),
        _text(f"{folder}/{README}", _readme(told).encode(), latest),
    ]
    sums = {member.name: file.row.sha256 for member, file in zip(members, files, strict=False)}
    for member in [*members[len(files) :], *found]:
        sums[member.name] = hashlib.sha256(b"".join(_bytes(member.stretches))).hexdigest()
    lines = [f"{sum_} *{name.removeprefix(f'{folder}/')}\n" for name, sum_ in sums.items()]
    return [*found, _text(f"{folder}/{SUMS}", "".join(lines).encode(), latest)]


def _bytes(stretches: Iterable[Stretch]) -> Iterable[bytes]:
    return (stretch for stretch in stretches if isinstance(stretch, bytes))


def _line(member: Member, file: File) -> dict[str, Any]:
    words = file.need.words.told() if file.need.words else {}
    track = file.need.track
    known = {name: words[name] for name in TOLD if name in words}
    return {
        "file": member.name.rpartition("/")[2],
        "title": str(file.need.stem) if file.need.stem else track.title,
        "artist": track.artist_credit or track.owner.name,
        "bytes": member.size,
        "sha256": file.row.sha256,
        **{name: v[0] if len(v) == 1 else v for name, v in known.items()},
    }


def _readme(told: dict[str, Any]) -> str:
    lines = [
        f"{told['title']}",
        f"{told['artist']}",
        "",
        f"Licence: {told['licence']}",
        f"From: {told['from']} ({told['site']})",
        f"Made ready: {told['prepared_at']}",
        "",
    ]
    for file in told["files"]:
        lines.append(file["file"])
        for name in TOLD:
            if name in file:
                value = file[name]
                text = value if isinstance(value, str) else ", ".join(value)
                lines.append(f"    {NAMES.get(name, name.capitalize())}: {text}")
    lines += ["", f"“sha256sum -c {SUMS}” tells whether every file is whole.", ""]
    return "\n".join(lines)


NAMES = {"isrc": "ISRC", "licence_url": "Terms", "copyright": "Rights"}


def _parcel(name: str, kind: str, stretches: list[Stretch], files: Iterable[File]) -> Parcel:
    told = as_kept(stretches)
    media = sorted({str(file.need.version.media_id) for file in files})
    identity = json.dumps([name, told, media], sort_keys=True)
    return Parcel(
        digest=hashlib.sha256(identity.encode()).hexdigest(),
        filename=name,
        content_type=kind,
        size_bytes=size_of(stretches),
        stretches=told,
        media=media,
        files=[str(file.row.pk) for file in files],
    )


def as_kept(stretches: Iterable[Stretch]) -> list[Any]:
    """Return stretches as a row keeps them."""
    return [
        base64.b64encode(one).decode() if isinstance(one, bytes) else list(one) for one in stretches
    ]


def stretches_of(parcel: Parcel) -> list[Stretch]:
    """Return the stretches of which a kept parcel consists."""
    return [
        base64.b64decode(one) if isinstance(one, str) else (one[0], one[1], one[2])
        for one in parcel.stretches
    ]

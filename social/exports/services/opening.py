"""Looking an archive through before anything of it is taken: whoever packed it is not trusted.

Nothing is written here but one file at a time, into the importer's own folder. Names never become
paths; sizes and hashes are those of the archive's list, and more than that is not read.
"""

import hashlib
import json
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.lib import archive as rows_of_archives
from config.lib.archive import SHA256, thing
from config.lib.kept import SECTIONS
from config.lib.lines import one_line
from config.lib.problems import Problem
from social.exports.services.zipping import FORMAT, MANIFEST, VERSION

MIB = 1024 * 1024
CHUNK_BYTES = MIB
JSON_MOST = 64 * MIB
NAMES_MOST = 200_000
RATIO_MOST, RATIO_FROM = 200, 16 * MIB  # text of ours is packed to a fortieth at best
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
NO_LIST = "This zip is no archive of Nexus: its list of files is missing or not readable."
FILE = thing(size=rows_of_archives.BYTES, sha256=SHA256 | {"minLength": 64})
LIST = thing(files={"type": "object", "additionalProperties": FILE})
HEAD = {
    "type": "object",
    "required": ["format", "version", "handle"],
    "properties": {
        "format": {"const": FORMAT},
        "version": {"type": "integer", "minimum": 1},
        "handle": {"type": "string", "maxLength": 30},
    },
}


@dataclass(frozen=True)
class Listed:
    """A file as the archive's list has it; an unknown hash is not compared."""

    size: int
    sha256: str = ""


@dataclass
class Archive:
    """An archive whose names, list and rows are in order. `rows` are those of each section."""

    file: zipfile.ZipFile
    files: dict[str, Listed]
    head: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return how many bytes all its files have."""
        return sum(listed.size for listed in self.files.values())

    def check_hashes(self, on_bytes: Callable[[int], None] = lambda _count: None) -> None:
        """Read every file to its end. Raises Problem where one is not what the list says."""
        for name in self.files:
            for chunk in self.chunks(name):
                on_bytes(len(chunk))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file, never more than are listed. Raises Problem."""
        listed, size, digest = self.files[name], 0, hashlib.sha256()
        try:
            with self.file.open(name) as file:
                while chunk := file.read(CHUNK_BYTES):
                    size += len(chunk)
                    if size > listed.size:
                        raise refused(f"{_shown(name)} is larger than the archive says.")
                    digest.update(chunk)
                    yield chunk
        except UNREADABLE as error:
            sentence = f"{_shown(name)} cannot be read to its end. Fetch the archive once more."
            raise refused(sentence) from error
        if size != listed.size or (listed.sha256 and digest.hexdigest() != listed.sha256):
            sentence = "has other bytes than the archive says. Fetch the archive once more."
            raise refused(f"{_shown(name)} {sentence}")

    @contextmanager
    def extracted(self, name: str, folder: Path) -> Iterator[Path]:
        """Lend a file as one of this machine; it is gone afterwards. Raises Problem, OSError."""
        path = folder / "member"
        try:
            with path.open("wb") as target:
                for chunk in self.chunks(name):
                    target.write(chunk)
            yield path
        finally:
            path.unlink(missing_ok=True)

    def read_json(self, name: str) -> Any:
        """Return what a JSON file says. Raises Problem."""
        if self.files[name].size > JSON_MOST:
            raise refused(f"{_shown(name)} has over {JSON_MOST // MIB} MiB, which is too much.")
        try:
            content = json.loads(b"".join(self.chunks(name)).decode(), parse_constant=_no_number)
            for words in _texts(content):
                if "\0" in words:
                    raise ValueError("a sign that is none")
                words.encode()
        except (ValueError, RecursionError) as error:
            raise refused(f"{_shown(name)} is not readable as JSON.") from error
        return content


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive and look through all of it but the bytes of its originals.

    Raises Problem `archive-refused` with a sentence.
    """
    try:
        file = zipfile.ZipFile(path)
    except OSError as error:
        raise refused(f"{path} cannot be read: {error.strerror}.") from error
    except (zipfile.BadZipFile, ValueError) as error:
        raise refused("This is no zip file, or a part of it is missing.") from error
    with file:
        _check_names(file.infolist())
        found = Archive(file, {MANIFEST: Listed(_size_of_list(file))})
        found.files = _listed(file, found)
        _read_rows(found)
        yield found


def refused(sentence: str) -> Problem:
    """Return the refusal of a whole archive."""
    return Problem("archive-refused", sentence, status=422)


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > NAMES_MOST:
        raise refused(f"There are more than {NAMES_MOST:,} files in this archive.")
    seen: set[str] = set()
    for info in infos:
        name, kind = _shown(info.orig_filename), stat.S_IFMT(info.external_attr >> 16)
        if not _stays_inside(info):
            raise refused(f"{name} would lie outside of the archive's own folder.")
        if info.filename.casefold() in seen:
            raise refused(f"{name} is in the archive twice.")
        seen.add(info.filename.casefold())
        if kind not in {0, stat.S_IFDIR if info.is_dir() else stat.S_IFREG}:
            raise refused(f"{name} is a link, and not a file.")
        if info.flag_bits & 0x1:
            raise refused(f"{name} is encrypted. Pack the archive without a password.")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise refused(f"{name} is compressed in a way that no archive of Nexus is.")
        if info.file_size > RATIO_FROM and info.file_size > RATIO_MOST * info.compress_size:
            raise refused(f"{name} would unpack to many times its size: that is no original.")


def _stays_inside(info: zipfile.ZipInfo) -> bool:
    name = info.orig_filename
    parts = name.removesuffix("/").split("/")
    strange = "\\" in name or "\0" in name or ":" in parts[0]
    return not strange and all(part not in {"", ".", ".."} for part in parts)


def _size_of_list(file: zipfile.ZipFile) -> int:
    try:
        return file.getinfo(MANIFEST).file_size
    except KeyError as error:
        raise refused(NO_LIST) from error


def _listed(file: zipfile.ZipFile, found: Archive) -> dict[str, Listed]:
    """Return the archive's list, which names exactly what is there, in the sizes that are there."""
    content = found.read_json(MANIFEST)
    if not rows_of_archives.validator(LIST).is_valid(content):
        raise refused(NO_LIST)
    listed = {name: Listed(**words) for name, words in content["files"].items()}
    there = {info.filename: info for info in file.infolist() if not info.is_dir()}
    del there[MANIFEST]
    for name in there.keys() ^ listed.keys():
        what = "is not in its list" if name in there else "is in its list, and not there"
        raise refused(f"{_shown(name)} of the archive {what}.")
    for name, info in there.items():
        if info.file_size != listed[name].size:
            raise refused(f"{_shown(name)} has not the size that the archive says.")
    return listed


def _read_rows(found: Archive) -> None:
    if "archive.json" not in found.files:
        raise refused(NO_LIST)
    head = found.read_json("archive.json")
    if not rows_of_archives.validator(HEAD).is_valid(head):
        raise refused("This zip is no archive of Nexus: archive.json says something else.")
    if head["version"] > VERSION:
        raise refused(
            f"This archive is of version {head['version']}, made by a newer Nexus; this one reads "
            f"version {VERSION}. Update this site first."
        )
    found.head = head
    for name, section in SECTIONS.items():
        place = f"data/{name}.json"
        found.rows[name] = _checked(found, place, section.schema) if place in found.files else []


def _checked(found: Archive, place: str, schema: dict[str, Any]) -> list[dict[str, Any]]:
    rows, described = found.read_json(place), rows_of_archives.validator(schema)
    if not isinstance(rows, list):
        raise refused(f"{place} is no list of rows.")
    for number, row in enumerate(rows, start=1):
        for error in described.iter_errors(row):
            where = ".".join(str(part) for part in error.absolute_path) or "the row"
            raise refused(f"{place}, row {number}: {where} is not as it must be.")
    ids = [row["id"] for row in rows if "id" in row]
    if len(set(ids)) < len(ids):
        raise refused(f"{place} has two rows of one id.")
    return rows


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _no_number(words: str) -> None:
    raise ValueError(f"{words} is no number.")


def _shown(name: str) -> str:
    return f"“{one_line(name)[:120]}”"

"""Taking an archive in: everything is looked at first, then one thing after the other is made.

Each thing and the row that says where it came from are of one transaction. So whatever is killed in
between is gone on with by the same call, and nothing is made twice.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from config.lib import disk
from config.lib.lines import one_line
from config.lib.problems import Problem
from config.lib.templatetags.nexus import size as as_size
from media_pipeline.free_space import require_room, storage_full
from media_pipeline.uploads.services.quota import quota_of
from social.exports.services.importing.credits import bring_said
from social.exports.services.importing.lists import bring_covers, bring_labels, bring_lists
from social.exports.services.importing.music import Music
from social.exports.services.importing.origins import (
    NOTE,
    PICTURE,
    PLAYLIST,
    RELEASE,
    REVISION,
    STEM,
    TRACK,
    VERSION,
    VISUAL,
    Origins,
    Report,
)
from social.exports.services.importing.page import bring_page, pictures_of
from social.exports.services.importing.past import bring_past
from social.exports.services.importing.words import bring_words, leave_the_rest
from social.exports.services.opening import Archive, opened, refused
from social.models import User

SECTION_OF = {
    TRACK: "tracks",
    VERSION: "versions",
    STEM: "stems",
    VISUAL: "visuals",
    RELEASE: "releases",
    PLAYLIST: "playlists",
    NOTE: "notes",
    REVISION: "revisions",
}


@dataclass(frozen=True)
class Watcher:
    """Who is told how far it is: what is done at the moment, bytes done, bytes of all."""

    tell: Callable[[str, int, int], None] = lambda _words, _done, _total: None

    def counting(self, words: str, total: int) -> Callable[[int], None]:
        """Return what counts the bytes of one stage."""
        done = 0

        def add(count: int) -> None:
            nonlocal done
            done += count
            self.tell(words, done, total)

        return add


def bring(
    *, path: Path, owner: User, of: str = "", dry: bool = False, watcher: Watcher | None = None
) -> Report:
    """Take in what an archive brings that is not here yet, as `owner`.

    `of` is whose archive it is, if somebody else's. With `dry` it is only looked through. Raises
    Problem `archive-refused`, `quota-exceeded`, `storage-full`, before anything was made.
    """
    watcher = watcher or Watcher()
    with _folder_of(owner) as folder, opened(path) as archive:
        _check_handle(archive, of or owner.handle)
        origins, report = Origins(owner), Report()
        music = Music(owner, archive, origins, report, folder, lambda _count: None)
        needed = _require_room(music, folder)
        archive.check_hashes(watcher.counting("Checking", archive.size))
        _check_claims(archive)
        if dry:
            return _foresee(archive, origins)
        music.on_bytes = watcher.counting("Bringing", needed)
        music.bring()
        bring_lists(owner, archive, origins, report)
        bring_said(owner, archive, origins, report)
        bring_labels(owner, archive)
        bring_covers(owner, archive, origins, report)
        bring_words(owner, archive, origins, report)
        bring_past(owner, archive, origins, report)
        bring_page(owner, archive, origins, report)
        leave_the_rest(archive, report)
    return report


def _check_handle(archive: Archive, wanted: str) -> None:
    handle = one_line(archive.head["handle"])
    if handle != wanted:
        sentence = f"This is the archive of @{handle}, not of @{wanted}. Say --from {handle}"
        raise refused(f"{sentence} if it is meant to come here all the same.")


def _require_room(music: Music, folder: Path) -> int:
    """Return the bytes to be brought. Raises Problem where they do not fit."""
    sizes = [music.archive.files[row["path"]].size for row in music.missing()]
    needed, longest = sum(sizes), settings.NEXUS_MAX_UPLOAD_BYTES
    if max(sizes, default=0) > longest:
        raise refused(f"A file of it is too large. One may have {as_size(longest)} here.")
    left = quota_of(music.owner).left + music.promised()
    if needed > left:
        sentence = f"The archive brings {as_size(needed)}, and @{music.owner.handle} has room for"
        raise Problem(
            "quota-exceeded", f"{sentence} {as_size(left)} here. Give them more first.", status=413
        )
    require_room(needed)
    if not disk.has_room(folder, max(sizes, default=0)):
        raise storage_full()
    return needed


def _check_claims(archive: Archive) -> None:
    """Refuse rows that say of their files what the list does not."""
    filed = [(name, archive.rows[name]) for name in ("versions", "stems", "visuals", "covers")]
    for section, rows in (*filed, ("artist_page", pictures_of(archive))):
        for row in rows:
            listed = archive.files.get(row.get("path", ""))
            if listed is None:
                continue
            if listed.size < 1 or (row.get("sha256") and row["sha256"] != listed.sha256):
                name = one_line(row.get("filename", ""))
                raise refused(f"“{name}” is another file than data/{section}.json says.")


def _foresee(archive: Archive, origins: Origins) -> Report:
    """Return what would be made, and what is here already."""
    report = Report()
    for kind, section in SECTION_OF.items():
        for row in archive.rows[section]:
            if kind == NOTE and not row["own_track"]:
                continue
            (report.there if origins.of(kind, row["id"]) else report.made)[kind] += 1
    for row in pictures_of(archive):
        (report.there if origins.of(PICTURE, row["id"]) else report.made)[PICTURE] += 1
    leave_the_rest(archive, report)
    return report


@contextmanager
def _folder_of(owner: User) -> Iterator[Path]:
    """Lend a folder that one import of this person has for itself; what a dead one left goes."""
    above = place_of_imports()
    folder = above / str(owner.pk)
    above.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(above / f"{owner.pk}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sentence = f"Another import for @{owner.handle} is under way. Let it end first."
            raise Problem("import-under-way", sentence, status=409) from None
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def place_of_imports() -> Path:
    """Return the folder below which each import has one of its own."""
    return Path(settings.NEXUS_WORK_DIR).with_name("imports")


def sweep_imports() -> int:
    """Remove what imports have left that were killed and not begun again; return how many."""
    swept = 0
    for place in place_of_imports().glob("*.lock"):
        with place.open("rb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            left = place.with_suffix("")
            swept += left.exists()
            shutil.rmtree(left, ignore_errors=True)
    return swept

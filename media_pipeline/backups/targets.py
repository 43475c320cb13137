"""Where backups lie: a folder, or below a prefix of an S3 bucket."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils import timezone

from config.lib import disk
from media_pipeline.backups import formats
from media_pipeline.backups.errors import BackupError
from media_pipeline.backups.formats import Description
from media_pipeline.models import Backup
from media_pipeline.storage import MediaStorage, get_storage
from media_pipeline.storage.disk import DRAFTS, DiskStorage
from media_pipeline.storage.port import Stat
from media_pipeline.storage.s3 import S3MediaStorage

CHUNK_BYTES = 1024 * 1024
HALF_KEPT = timedelta(days=1)
ERRORS = (OSError, ClientError, BotoCoreError, Boto3Error)
BINARY = "application/octet-stream"


class Target:
    """The place of all backups of one site. What goes wrong there is told as BackupError."""

    def __init__(self, address: str, storage: MediaStorage, prefix: str = "") -> None:
        self.address, self.storage, self.prefix = address, storage, prefix

    @property
    def is_local(self) -> bool:
        """True where it is a folder of this machine."""
        return self.storage.root is not None

    def key(self, name: str) -> str:
        """Return the key of a name in the storage."""
        return f"{self.prefix}{name}"

    def stats(self, below: str) -> Iterator[Stat]:
        """Yield what lies below a folder of the target, by names in the target."""
        for stat in self.storage.stats(self.key(below)):
            yield replace(stat, key=stat.key.removeprefix(self.prefix))

    def write(self, name: str, data: bytes) -> None:
        """Store a small part."""
        self.storage.write(self.key(name), data, content_type=BINARY)

    def put(self, name: str, path: Path) -> None:
        """Store a copy of a file."""
        self.storage.write_file(self.key(name), path, content_type=BINARY)

    def read(self, name: str) -> bytes:
        """Return a small part. Raises FileNotFoundError."""
        key = self.key(name)
        if self.storage.size(key) > formats.DESCRIPTION_MOST:
            raise BackupError(f"The backup is broken: {name} is larger than it can be.")
        return self.storage.read(key)

    def fetch(self, name: str, path: Path) -> str:
        """Copy a part to a file of this machine; return its SHA-256. Raises FileNotFoundError."""
        digest = hashlib.sha256()
        with path.open("wb") as file:
            for chunk in self.storage.stream(self.key(name)):
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest()

    def hash(self, name: str) -> str:
        """Return the SHA-256 of a part. Raises FileNotFoundError."""
        digest = hashlib.sha256()
        for chunk in self.storage.stream(self.key(name)):
            digest.update(chunk)
        return digest.hexdigest()

    def drop(self, name: str) -> None:
        """Remove one part, or nothing."""
        self.storage.delete(self.key(name))

    def drop_all(self, below: str) -> None:
        """Remove a folder of the target."""
        self.storage.delete_prefix(self.key(below))

    def backups(self) -> list[Description]:
        """Return the whole backups, the newest first; half ones and broken ones are none."""
        found = []
        for name in self.names():
            try:
                found.append(self.describe(name))
            except BackupError:
                continue
        return sorted(found, key=lambda one: one.name, reverse=True)

    def names(self) -> list[str]:
        """Return every backup there is or was begun, oldest first."""
        ends = f"/{formats.DESCRIPTION}"
        names = {stat.key.split("/")[1] for stat in self.stats(formats.BACKUPS) if ends in stat.key}
        return sorted(name for name in names if formats.NAME.fullmatch(name))

    def describe(self, name: str) -> Description:
        """Return what a backup is. Raises BackupError where it is none, or half."""
        if not formats.NAME.fullmatch(name):
            raise BackupError(f"No backup is called {name!r}.")
        try:
            found = formats.describe(self.read(formats.place(name, formats.DESCRIPTION)))
        except FileNotFoundError:
            raise BackupError(f"There is no whole backup called {name} in {self}.") from None
        if found.name != name:
            raise BackupError(f"The backup {name} is broken: it says it is {found.name}.")
        return found

    def require_room(self, size: int) -> None:
        """Refuse what does not fit. Raises BackupError; an object storage knows for itself."""
        root = self.storage.root
        if root is not None and not disk.has_room(root, size):
            free = disk.free_bytes(root) - disk.reserve_bytes(root)
            needs, has = size / disk.GIB, max(0, free) / disk.GIB
            raise BackupError(
                f"{self} has no room: {needs:.2f} GiB more are needed, and {has:.2f} are free."
            )

    def prepare(self, site: str, *, anew: bool = False) -> None:
        """Make sure that it can be written to, and that it is this site's. Raises BackupError.

        One that held backups and does not any more is not mounted, perhaps: only `anew` begins
        there again.
        """
        try:
            self.storage.healthcheck()
            self._close_to_others()
            self.storage.sweep_drafts(timezone.now() - HALF_KEPT)
            try:
                owner = json.loads(self.read(formats.OWNER)).get("site")
            except FileNotFoundError:
                self._begin(site, anew)
                owner = site
        except (*ERRORS, ValueError, AttributeError) as error:
            raise BackupError(f"{self} cannot be written to: {_words(error)}.") from error
        if owner != site:
            raise BackupError(
                f"{self} holds the backups of another Nexus. Give each site a place of its own."
            )

    def _begin(self, site: str, anew: bool) -> None:
        held = Backup.objects.filter(
            target=self.address, kind=Backup.Kind.BACKUP, state=Backup.State.SUCCEEDED
        )
        if not anew and held.exists():
            raise BackupError(
                f"{self} does not hold the backups it held. Is it mounted? Where it was emptied on "
                "purpose, say manage.py backup --anew once."
            )
        for folder in (formats.BACKUPS, formats.BLOBS):
            if next(self.stats(folder), None):
                raise BackupError(
                    f"{self} has a folder {folder} that is not of Nexus. Choose an empty place."
                )
        self.write(formats.OWNER, json.dumps({"site": site}).encode())

    def _close_to_others(self) -> None:
        """Let nobody else of this machine read what comes here, whatever the folder itself is."""
        root = self.storage.root
        for name in (formats.BACKUPS, formats.BLOBS, DRAFTS) if root else ():
            (root / name).mkdir(mode=0o700, exist_ok=True)  # type: ignore[operator]
            (root / name).chmod(0o700)  # type: ignore[operator]

    def __str__(self) -> str:
        return self.address


def open_target(address: str = "") -> Target:
    """Return the target at an address, else at that of the setting. Raises BackupError."""
    address = address or settings.NEXUS_BACKUP_TARGET
    if not address:
        raise BackupError("Say where to: a folder, or s3://bucket/prefix (NEXUS_BACKUP_TARGET).")
    if address.startswith("s3://"):
        return _bucket(address)
    folder = Path(address).expanduser().resolve()
    media = get_storage().root
    media = media.resolve() if media else None
    if media is not None and (folder == media or media in folder.parents):
        raise BackupError(f"{folder} lies within the music itself. Choose a place on another disk.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BackupError(f"{folder} cannot be made: {_words(error)}.") from error
    return Target(str(folder), DiskStorage(folder))


def _bucket(address: str) -> Target:
    bucket, _, prefix = address.removeprefix("s3://").partition("/")
    if not bucket:
        raise BackupError("Say which bucket: s3://bucket/prefix.")
    if bucket == settings.S3_BUCKET:
        raise BackupError("The bucket is that of the music itself. Choose another one.")
    backend = SimpleNamespace(**settings.NEXUS_BACKUP_S3, bucket_name=bucket, security_token=None)
    prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
    return Target(address, S3MediaStorage.of(backend), prefix)


def _words(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__

"""The secrets that rows are sealed and links are signed with: without them a restore is half."""

import hashlib
import json
import os
from pathlib import Path

from django.conf import settings

from config.lib import cipher
from media_pipeline.backups import formats
from media_pipeline.backups.errors import BackupError


def name(secret: str) -> str:
    """Return what a secret is called, which tells nothing of it."""
    return hashlib.sha256(b"nexus.backup.key." + secret.encode()).hexdigest()[:16]


def write(folder: Path) -> Path:
    """Write the secrets into a file that only its owner may read; return where."""
    path = folder / formats.KEYS
    told = {"secret_key": settings.SECRET_KEY}
    if settings.NEXUS_KEY_FILE:
        told["key_file"] = Path(settings.NEXUS_KEY_FILE).read_text()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(told, file)
    return path


def read(path: Path) -> dict[str, str]:
    """Return the secrets of a backup. Raises BackupError where they cannot be read."""
    try:
        told = json.loads(path.read_text())
        if not isinstance(told, dict) or not isinstance(told["secret_key"], str):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BackupError(f"The backup is broken: its {formats.KEYS} cannot be read.") from error
    return {str(key): str(value) for key, value in told.items()}


def put(told: dict[str, str]) -> str:
    """Make the secrets of a backup this site's; return what a person still has to do, if anything.

    Where the environment gives the key it is not touched: the sentence says so.
    """
    sentences = []
    if "key_file" in told:
        sentences.append(_put_key_file(told["key_file"]))
    secret = told["secret_key"]
    if secret != settings.SECRET_KEY:
        if settings.SECRET_KEY_FILE is None:
            sentences.append(
                "NEXUS_SECRET_KEY is another key than the backup's: set it to the one in "
                f"{formats.KEYS}, or sealed rows of before cannot be read."
            )
        else:
            _write(settings.SECRET_KEY_FILE, secret)
            settings.SECRET_KEY = secret
    cipher.forget_keys()
    return " ".join(filter(None, sentences))


def _put_key_file(text: str) -> str:
    if settings.NEXUS_KEY_FILE:
        _write(Path(settings.NEXUS_KEY_FILE), text)
        return ""
    place = Path(settings.STATE_DIR) / "key_file"
    _write(place, text)
    settings.NEXUS_KEY_FILE = str(place)
    return f"The site had a key file: start this one with NEXUS_KEY_FILE={place}."


def _write(place: Path, text: str) -> None:
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)

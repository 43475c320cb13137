"""Collects the static files into the state folder, only when one of them has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from config.apps import OwnStaticFilesConfig
from config.assets import bundle


def refresh() -> bool:
    """Collect when what the finders offer differs from the last time; True when it did."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    digest = _digest()
    if stamp.is_file() and stamp.read_text() == digest:
        return False
    collect()
    stamp.write_text(digest)
    return True


def collect() -> None:
    """Join what belongs together and collect it; under DEBUG every source as it is."""
    left_out = [] if settings.DEBUG else bundle.PARTS
    if not settings.DEBUG:
        bundle.build()
    call_command(
        "collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=left_out
    )


def _digest() -> str:
    """Return a digest of names, sizes and times of change: reading every byte would cost more."""
    total = hashlib.sha256(repr((settings.STORAGES["staticfiles"], settings.DEBUG)).encode())
    left_out = OwnStaticFilesConfig.ignore_patterns
    for finder in get_finders():
        if isinstance(finder, bundle.JoinedFinder):
            continue  # made of the others
        for name, storage in sorted(finder.list(left_out), key=lambda pair: pair[0]):
            facts = Path(storage.path(name)).stat()
            total.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return total.hexdigest()

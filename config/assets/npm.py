"""Lets single files of node_modules be static files, so that none is copied into git."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

PREFIX = "vendor/"


class NpmStorage(FileSystemStorage):
    """Reads `vendor/<name>` from the file of node_modules that `NPM_STATIC` names for it."""

    def path(self, name: str) -> str:
        """Return the file's place on disk; KeyError for a name that is not listed."""
        return str(Path(self.location) / settings.NPM_STATIC[name.removeprefix(PREFIX)])


class NpmFinder(BaseFinder):
    """Offers exactly the files of `settings.NPM_STATIC`, a mapping {name below vendor/: file}."""

    def __init__(self, *_args: Any, **_options: Any) -> None:
        self.storage = NpmStorage(location=settings.BASE_DIR / "node_modules")

    def check(self, **_options: Any) -> list[CheckMessage]:
        """Report listed files that npm has not installed."""
        missing = [name for name in settings.NPM_STATIC if not self._exists(PREFIX + name)]
        return [
            Error(f"{name} is not in node_modules.", hint="Run `npm ci`.", id="nexus.E001")
            for name in missing
        ]

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        """Return where `path` lies, or an empty list."""
        known = path.removeprefix(PREFIX) in settings.NPM_STATIC and path.startswith(PREFIX)
        if not known or not self._exists(path):
            return []
        return [self.storage.path(path)] if find_all else self.storage.path(path)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """Yield every listed file."""
        for name in settings.NPM_STATIC:
            yield PREFIX + name, self.storage

    def _exists(self, path: str) -> bool:
        return Path(self.storage.path(path)).is_file()

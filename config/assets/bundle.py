"""Joins our modules and style sheets into a few small files, with esbuild.

The sources stay what a browser can run as they are, which is how DEBUG serves them: a hundred
modules, fetched one after the other. Joined, a page asks for a dozen files and half the bytes.
What npm brings is left apart under `vendor/`.
"""

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage
from django.core.management.base import CommandError

ENTRIES = (
    "js/app.js",
    "js/embed.js",
    "js/theme.js",
    "js/admin.js",
    "js/desk.js",
    "css/site.css",
    "css/embed.css",
    "css/full-player.css",
    "css/recording.css",
    "css/admin.css",
    "css/desk.css",
    "css/docs.css",
    "css/results.css",
)
PARTS = ["js/*/*", "css/*/*"]  # what lies in a folder is in a joined file
OPTIONS = [
    "--bundle",
    "--splitting",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--preserve-symlinks",
    "--entry-names=[dir]/[name]",
    "--chunk-names=js/part-[hash]",
    "--log-level=warning",
]


def place() -> Path:
    """Return the folder of what was joined; laid out like `static/`."""
    return Path(settings.STATE_DIR) / "joined" / "out"


def build() -> None:
    """Join everything anew. Raises CommandError with esbuild's words when it cannot."""
    stage = place().parent
    shutil.rmtree(stage, ignore_errors=True)
    (stage / "vendor").mkdir(parents=True)
    for folder in ("js", "css"):
        (stage / folder).symlink_to(settings.BASE_DIR / "static" / folder)
    modules = settings.BASE_DIR / "node_modules"
    for name, file in settings.NPM_STATIC.items():
        (stage / "vendor" / name).symlink_to(modules / file)
    program = next(modules.glob("@esbuild/*/bin/esbuild"), None)  # needs no Node.js to run
    if program is None:
        raise CommandError("esbuild is not in node_modules. Run `npm ci`.")
    entries = [str(stage / name) for name in ENTRIES]
    whither = [f"--outdir={place()}", f"--outbase={stage}", f"--external:{stage}/vendor/*"]
    done = subprocess.run(
        [program, *entries, *OPTIONS, *whither], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"The scripts and styles could not be joined:\n{done.stderr}")
    for path in place().rglob("*.*s"):  # from where they will be, vendor/ is one step nearer
        path.write_text(path.read_text().replace("../../vendor/", "../vendor/"))


class JoinedFinder(BaseFinder):
    """Offers what was joined, before the sources of the same names; nothing under DEBUG."""

    def __init__(self, *_args: Any, **_options: Any) -> None:
        self.storage = FileSystemStorage(location=place())

    def check(self, **_options: Any) -> list[CheckMessage]:
        """Report nothing: without joined files the sources serve."""
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        """Return where `path` lies, or an empty list."""
        found = not settings.DEBUG and self.storage.exists(path)
        if not found:
            return []
        return [self.storage.path(path)] if find_all else self.storage.path(path)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """Yield every joined file."""
        if settings.DEBUG or not place().is_dir():
            return
        for path in sorted(place().rglob("*.*s")):
            yield path.relative_to(place()).as_posix(), self.storage

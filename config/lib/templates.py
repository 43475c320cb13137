"""Templates without their indentation: it is for who writes them, and a tenth of every page."""

import re
from typing import Any

from django.template.loaders import app_directories, filesystem

INDENTATION = re.compile(r"\n[ \t]+")
AS_WRITTEN = re.compile(r"<(?:pre|textarea)\b")


class Lean:
    """Mixed into a loader: a page of HTML keeps its lines, so that errors name the right one."""

    def get_contents(self, origin: Any) -> str:
        """Return the source; what shows its own spaces stays as it was written."""
        source: str = super().get_contents(origin)  # type: ignore[misc]
        if not str(origin.name).endswith(".html") or AS_WRITTEN.search(source):
            return source
        return INDENTATION.sub("\n", source)


class FilesystemLoader(Lean, filesystem.Loader):
    """For our own templates."""


class AppLoader(Lean, app_directories.Loader):
    """For those of the libraries."""

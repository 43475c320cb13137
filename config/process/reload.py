"""For `make dev`: notices changed Python files and starts the site's processes again."""

from collections.abc import Callable
from pathlib import Path

from watchfiles import PythonFilter, watch

from config.process.supervisor import say

LEFT_OUT = {".venv", "node_modules", "var", "tests", ".git"}


class Watcher:
    """Hears of changes from the system; each `look()` takes what has come since the last one."""

    def __init__(self, root: Path, on_change: Callable[[], None]) -> None:
        self.root, self.on_change = root, on_change
        rooms = [place for place in root.iterdir() if place.is_dir() and place.name not in LEFT_OUT]
        self._changes = watch(
            *rooms, watch_filter=PythonFilter(), rust_timeout=1, yield_on_timeout=True
        )
        next(self._changes)  # begins to listen

    def look(self) -> None:
        """Call `on_change` when a Python file came, went or changed since the last look."""
        changed = next(self._changes)
        if changed:
            first = Path(min(path for _, path in changed))
            say(f"{first.relative_to(self.root)} changed; starting again.")
            self.on_change()

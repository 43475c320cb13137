"""For `make dev`: notices changed Python files and starts the site's processes again."""

from collections.abc import Callable, Iterator
from pathlib import Path

from config.process.supervisor import say

LEFT_OUT = {".venv", "node_modules", "var", "tests", ".git"}


class Watcher:
    """Compares times of change at each `look()`; a few hundred files take a few milliseconds."""

    def __init__(self, root: Path, on_change: Callable[[], None]) -> None:
        self.root, self.on_change = root, on_change
        self.seen = self._times()

    def look(self) -> None:
        """Call `on_change` when a Python file came, went or changed since the last look."""
        now = self._times()
        changed = {path for path, _ in self.seen.items() ^ now.items()}
        self.seen = now
        if changed:
            say(f"{min(changed).relative_to(self.root)} changed; starting again.")
            self.on_change()

    def _times(self) -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in self._files()}

    def _files(self) -> Iterator[Path]:
        for room in self.root.iterdir():
            if room.is_dir() and room.name not in LEFT_OUT:
                yield from room.rglob("*.py")

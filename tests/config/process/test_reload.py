"""`make dev` notices code that changed, and nothing else."""

from pathlib import Path

from config.process.reload import Watcher
from tests.sites import wait_until


def test_a_changed_file_is_noticed_once_and_others_not_at_all(tmp_path: Path) -> None:
    room, outside = tmp_path / "tracks", tmp_path / "var"
    for folder in (room, outside):
        folder.mkdir()
    heard: list[None] = []
    watcher = Watcher(tmp_path, lambda: heard.append(None))
    (outside / "log.py").write_text("")
    (room / "notes.txt").write_text("")
    for _ in range(3):
        watcher.look()
    assert heard == []

    (room / "views.py").write_text("a = 1\n")

    def noticed() -> bool:
        watcher.look()
        return bool(heard)

    wait_until(noticed, 10)
    for _ in range(3):
        watcher.look()
    assert len(heard) == 1

"""The supervisor with children of a few lines: restart, order, and nobody left over."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.config.conftest import Launch, processes_of
from tests.sites import wait_until

SITE = """
import sys
from pathlib import Path
from config.process.supervisor import Child, Supervisor

note = Path(sys.argv[1])
CHILD = '''
import os, signal, sys, time
from pathlib import Path
from config.process.supervisor import die_with_parent
name, note = sys.argv[1], Path(sys.argv[2])
def write(word):
    with note.open("a") as file:
        print(name, word, os.getpid(), file=file)
def end(*_):
    time.sleep(0.3)
    write("ended")
    sys.exit()
signal.signal(signal.SIGTERM, signal.SIG_IGN if name == "stubborn" else end)
die_with_parent()
write("started")
time.sleep(0 if name == "hopeless" else 60)
'''

def child(name, grace=5):
    return Child(name, [sys.executable, "-c", CHILD, name, str(note)], grace=grace)

children = [child(name, 0.5 if name == "stubborn" else 5) for name in sys.argv[2:]]
sys.exit(0 if Supervisor(children).run() else 1)
"""


def lines(note: Path, word: str) -> list[str]:
    """Return the names of the children that wrote this word, in order."""
    if not note.exists():
        return []
    rows = [line.split() for line in note.read_text().splitlines()]
    return [row[0] for row in rows if row[1] == word]


def number_of(note: Path, name: str) -> int:
    """Return the process number of the child's last start."""
    rows = [line.split() for line in note.read_text().splitlines()]
    return [int(row[2]) for row in rows if row[:2] == [name, "started"]][-1]


def test_a_child_that_dies_is_started_again(tmp_path: Path, launch: Launch) -> None:
    note = tmp_path / "note"
    launch(tmp_path, "-c", SITE, str(note), "web", "worker")
    wait_until(lambda: len(lines(note, "started")) == 2)
    os.kill(number_of(note, "worker"), signal.SIGKILL)
    wait_until(lambda: lines(note, "started").count("worker") == 2)
    assert lines(note, "started").count("web") == 1


def test_ctrl_c_ends_the_web_first_and_then_the_others(tmp_path: Path, launch: Launch) -> None:
    note = tmp_path / "note"
    site = launch(tmp_path, "-c", SITE, str(note), "web", "worker", "general")
    wait_until(lambda: len(lines(note, "started")) == 3)
    os.killpg(site.pid, signal.SIGINT)
    site.communicate(timeout=10)
    assert site.returncode == 0
    ended = lines(note, "ended")
    assert ended[0] == "web"
    assert sorted(ended) == ["general", "web", "worker"]


def test_a_child_that_will_not_end_is_killed(tmp_path: Path, launch: Launch) -> None:
    note = tmp_path / "note"
    site = launch(tmp_path, "-c", SITE, str(note), "web", "stubborn")
    wait_until(lambda: len(lines(note, "started")) == 2)
    started = time.monotonic()
    site.terminate()
    said, _ = site.communicate(timeout=10)
    assert "stubborn did not end in time and was killed" in said
    assert time.monotonic() - started < 4
    assert processes_of(tmp_path) == []


def test_when_the_supervisor_is_killed_no_child_is_left(tmp_path: Path, launch: Launch) -> None:
    note = tmp_path / "note"
    site = launch(tmp_path, "-c", SITE, str(note), "web", "worker")
    wait_until(lambda: len(lines(note, "started")) == 2)
    site.kill()
    wait_until(lambda: processes_of(tmp_path) == [])
    assert sorted(lines(note, "ended")) == ["web", "worker"]


@pytest.mark.long("it tries five times first")
def test_a_site_that_cannot_start_gives_up_and_says_so(tmp_path: Path, launch: Launch) -> None:
    note = tmp_path / "note"
    site = launch(tmp_path, "-c", SITE, str(note), "hopeless", "worker")
    said, _ = site.communicate(timeout=30)
    assert site.returncode == 1
    assert "hopeless does not stay alive" in said
    assert lines(note, "started").count("hopeless") == 5
    assert lines(note, "ended") == ["worker"]

"""Scripts know their room: a topic imports `core/`, `playback/` and itself, and no circles."""

import re
import shutil
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "static" / "js"
IMPORT = re.compile(r'(?:from\s+|import\s*\(?\s*)"(\.[^"]+)"')
ENTRIES = {"admin.js", "app.js", "desk.js", "embed.js", "theme.js", "widget.js"}

# Every folder, and what it may import besides `core/` and `playback/`.
ROOMS: dict[str, set[str]] = {
    "core": set(),
    "playback": set(),
    "queue": set(),
    "alike": set(),
    "bar": {"queue"},  # the bar below every page and the full player show what is next
    "marks": set(),
    "lyrics": set(),
    "mixing": set(),
    "blind-tests": {"mixing"},
    "catalogue": set(),
    "collections": set(),
    "credits": set(),
    "covers": set(),
    "desk": set(),
    "downloads": set(),
    "embed": set(),
    "exports": set(),
    "giving": set(),
    "notes": set(),
    "notifications": set(),
    "playlists": set(),
    "recording": set(),
    "releases": set(),
    "review": set(),
    "search": set(),
    "stems": {"mixing", "uploads"},
    "tags": set(),
    "talks": set(),
    "transcripts": set(),
    "uploads": set(),
    "versions": {"mixing", "blind-tests", "uploads"},
    "visuals": {"uploads"},
    "waveform": set(),
}


def imports_of(scripts: Path) -> dict[str, set[str]]:
    """Return for each script below a folder the scripts it imports; without what npm brings."""
    found: dict[str, set[str]] = {}
    for path in sorted(scripts.rglob("*.js")):
        targets = {(path.parent / name).resolve() for name in IMPORT.findall(path.read_text())}
        inside = {one for one in targets if one.is_relative_to(scripts)}
        found[str(path.relative_to(scripts))] = {str(one.relative_to(scripts)) for one in inside}
    return found


def complaints_about(scripts: Path) -> list[str]:
    """Return what stands against the rules, a sentence each."""
    imports = imports_of(scripts)
    wrong = []
    for name, targets in imports.items():
        room = name.split("/")[0]
        if name in ENTRIES:
            continue
        if room not in ROOMS:
            wrong.append(f"{name} lies in no known folder")
            continue
        allowed = {room, "core"} | ({"playback"} if room != "core" else set()) | ROOMS[room]
        for target in targets:
            if target.split("/")[0] not in allowed | {"widget.js"}:
                wrong.append(f"{name} imports {target}")
    rooms = {one: {t.split("/")[0] for t in targets} - {one} for one, targets in imports.items()}
    for graph in (imports, rooms):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as circle:
            wrong.append(f"a circle: {' → '.join(circle.args[1])}")
    return wrong


def test_every_script_knows_its_room() -> None:
    assert complaints_about(SCRIPTS) == []


@pytest.mark.parametrize(
    ("place", "line", "complaint"),
    [
        ("notes/list.js", 'import "../uploads/uploader.js";', "notes/list.js imports uploads"),
        ("core/api.js", 'import "../playback/player.js";', "core/api.js imports playback"),
        ("waveform/view.js", 'import "./stage.js";\nimport "./minimap.js";', "a circle"),
        ("lib/odd.js", "", "lib/odd.js lies in no known folder"),
    ],
)
def test_the_rules_bite(tmp_path: Path, place: str, line: str, complaint: str) -> None:
    scripts = tmp_path.resolve() / "js"
    shutil.copytree(SCRIPTS, scripts)
    path = scripts / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(line + "\n" + (path.read_text() if path.exists() else ""))
    assert any(found.startswith(complaint) for found in complaints_about(scripts))

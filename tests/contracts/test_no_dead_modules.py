"""Every module is imported by another one, or found by its name.

Somebody's own same bytes were once not recognised: nothing but a test imported the module that
knows what they are.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.contracts.impossible import ROOT, SOURCES

# What Django and include() find by its name, and what is started as a program.
FOUND_BY_NAME = {
    *("apps", "admin", "urls"),
    *("child", "music_child", "picture_child", "probe_child", "speech_child", "tagging_child"),
}
# Built before the rooms that will lean on it; goes from here with the first of them.
AHEAD: set[str] = set()
FOLDERS = {"migrations", "commands", "templatetags", "setup"}


def test_no_module_is_imported_by_nobody() -> None:
    files = [file for app in SOURCES for file in (ROOT / app).rglob("*.py")]
    named = {name for file in files for name in names_in(file)}
    alone = {
        str(file.relative_to(ROOT))
        for file in files
        if file.stem not in FOUND_BY_NAME | {"__init__"} and file.parent.name not in FOLDERS
        if ".".join(file.relative_to(ROOT).with_suffix("").parts) not in named
    }
    assert alone == AHEAD


def names_in(file: Path) -> Iterator[str]:
    """Yield what a module imports, and what it names in a text: `tracks.urls`, `a.b.Class`."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (node.value, node.value.rpartition(".")[0])

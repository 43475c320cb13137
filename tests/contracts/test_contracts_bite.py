"""The rules of who may import whom are no decoration: each breaks when it is broken."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "tracks", "social", "economics", "moderation", "assistant", "media_pipeline")
LINT = Path(sys.executable).with_name("lint-imports")

FORBIDDEN = [
    ("tracks/access.py", "import social.models", "Rooms"),
    ("media_pipeline/steps/mpeg.py", "import django.db", "Steps and FFmpeg"),
    ("tracks/stems/services.py", "import tracks.stems.views", "Floors of every topic"),
    ("tracks/models/slugs.py", "import tracks.stems.services", "Topics of tracks"),
    ("social/models/token.py", "import social.notes.rights", "Topics of social"),
    ("media_pipeline/locks.py", "import media_pipeline.jobs.selectors", "Topics of media_pipeline"),
    ("config/embedded/stuck.py", "import config.process.supervisor", "Floors of the composition"),
    ("tracks/cards.py", "import config.errors", "No app knows the composition root"),
    ("tracks/stems/forms.py", "import tracks.catalogue.views", "No circles"),
    ("tracks/stems/helpers.py", "", "Floors of every topic"),  # a file of no floor
    ("social/misc.py", "", "Topics of social"),
]


@pytest.fixture(scope="module")
def sections(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each broken contract when a copy of the code has all that is forbidden."""
    copy = tmp_path_factory.mktemp("house")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for place, line, _ in FORBIDDEN:
        path = copy / place
        before = path.read_text() if path.exists() else '"""A new file."""\n'
        path.write_text(before + line + "\n")
    found = subprocess.run([LINT, "--no-cache"], cwd=copy, capture_output=True, text=True)
    broken = found.stdout.split("Broken contracts")[-1]
    names = re.split(r"(?m)^([A-Z].*)\n-+$", broken)
    return dict(zip(names[1::2], names[2::2], strict=True))


@pytest.mark.parametrize(("place", "line", "contract"), FORBIDDEN)
def test_a_forbidden_import_breaks_its_contract(
    sections: dict[str, str], place: str, line: str, contract: str
) -> None:
    said = next(text for name, text in sections.items() if name.startswith(contract))
    if contract == "No circles":
        assert "No cycles are allowed in tracks." in said
        return
    module = place.removesuffix(".py").replace("/", ".")
    target = line.removeprefix("import ")
    # A file that belongs on no floor is named alone, an import as the way it takes.
    assert (module.split(".")[-1] if not line else module) in said
    assert target.split(".")[0] in said

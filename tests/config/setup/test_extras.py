"""What is good to have: named, pinned with hashes, and never in the way."""

import os
import subprocess
import venv
from pathlib import Path

import pytest

from config.setup import extras


@pytest.mark.parametrize(
    ("text", "names"),
    [("", []), ("speech", ["speech"]), ("speech, meaning", ["speech", "meaning"])],
)
def test_extras_are_taken_or_left_out(text: str, names: list[str]) -> None:
    assert extras.chosen(text) == names


def test_what_is_none_is_refused_with_what_there_is() -> None:
    with pytest.raises(SystemExit, match="There are: speech meaning"):
        extras.chosen("speech telepathy")


@pytest.mark.parametrize("name", extras.NAMES)
def test_each_is_pinned_with_hashes(name: str) -> None:
    lines = extras.locked(name).read_text().replace("\\\n", "").splitlines()
    lines = [line for line in lines if not line.startswith("#")]
    assert all("==" in line and "--hash=sha256:" in line for line in lines)
    for pin in extras.pins(name):
        assert any(line.startswith(pin) for line in lines)


def test_a_machine_where_nothing_can_be_installed_goes_on_without(tmp_path: Path) -> None:
    venv.create(tmp_path, with_pip=False)
    command = [tmp_path / "bin/python", extras.__file__]
    chosen = os.environ | {"NEXUS_EXTRAS": "meaning"}
    told = subprocess.run(command, env=chosen, capture_output=True, text=True, check=True).stdout
    assert "without meaning" in told
    assert not list(tmp_path.glob(".extra-*"))

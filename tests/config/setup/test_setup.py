"""The files a newcomer's machine is set up from."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ADDRESS = re.compile(r"\w+://|--(extra-)?index-url|--find-links|--trusted-host|file:")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_by_hash_and_none_has_an_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not ADDRESS.search(text)
    for pin in re.split(r"\n(?=\S)", text.strip()):
        if not pin.startswith("#"):
            assert re.match(r"[\w.\[\]-]+==\S+", pin), pin
            assert "--hash=sha256:" in pin, pin


def test_one_file_of_pins_fits_debians_python_3_11_2_too() -> None:
    pins = (ROOT / "requirements.txt").read_text()
    assert re.search(r"async-timeout==\S+ ; python_full_version < '3\.11\.3'", pins)


def test_the_front_end_lock_is_by_hash_and_has_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert name == "" or package["integrity"].startswith("sha512-"), name


def test_make_help_lists_what_the_readme_promises() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = {line.split()[0] for line in said.stdout.splitlines()}
    promised = set(re.findall(r"^\| `make (\w+)`", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert promised <= listed


def test_ci_has_its_run_bit() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--stage", ".ci/run"], cwd=ROOT, capture_output=True, text=True
    )
    assert listed.stdout.startswith("100755")

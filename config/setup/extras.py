"""Installs what is good to have and not needed: speech to text, and vectors of sentences.

`make run` begins it beside the site, whose first page waits for nothing; `NEXUS_EXTRAS=` leaves it
out, `NEXUS_EXTRAS=speech` takes one. Only wheels with hashes that are written down: a machine for
which there are none goes on without, and `manage.py doctor` says so.
"""

import hashlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("speech", "meaning")
PIP = [
    *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
    *("--only-binary=:all:", "--require-hashes"),
]


def main() -> None:
    """Install what NEXUS_EXTRAS names; where that is not possible, say so and go on."""
    for name in chosen(os.environ.get("NEXUS_EXTRAS", " ".join(NAMES))):
        if not _marker(name).exists():
            _say(f"installing what is needed for {name}; the site does not wait for it")
            if subprocess.run([*PIP, f"--requirement={locked(name)}"], check=False).returncode:
                _say(f"without {name}: there is no wheel for this machine, or no network")
            else:
                _marker(name).touch()


def chosen(text: str) -> list[str]:
    """Return the extras that are named, by spaces or commas; what is none ends with a sentence."""
    names = text.replace(",", " ").split()
    if unknown := [name for name in names if name not in NAMES]:
        sys.exit(f"NEXUS_EXTRAS: there is no {unknown[0]!r}. There are: {' '.join(NAMES)}.")
    return names


def pins(name: str) -> list[str]:
    """Return what an extra consists of, as pyproject.toml has it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return list(project["optional-dependencies"][name])


def locked(name: str) -> Path:
    """Return the file with the pins of an extra, of all it needs, and their hashes."""
    return ROOT / f"requirements-{name}.txt"


def _marker(name: str) -> Path:
    """Return the file that is there when this extra is installed, of these pins."""
    state = hashlib.sha256(locked(name).read_bytes()).hexdigest()[:12]
    return Path(sys.prefix) / f".extra-{name}-{state}"


def _say(words: str) -> None:
    sys.stdout.write(f"nexus: {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""`make audit OSV=…`: holds the pins against known weaknesses, without the network.

OSV is an export of osv.dev, brought here by other means: a folder or a zip of its JSON records (as
in `PyPI/all.zip`, `npm/all.zip`), or one JSON file with a record or a list of them. Exit status: 0
nothing found, 1 something found, 2 nothing checked, or not all of it.
Format: https://ossf.github.io/osv-schema/
"""

import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.setup.osv import Hit, Pin, hits

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
ADVICE = (
    "Nothing was checked: no export of advisories was given. Download PyPI/all.zip and npm/all.zip "
    "of osv.dev on a machine with a network, and run: make audit OSV=<folder with both>"
)


def main(root: Path = ROOT) -> int:
    """Print what is known of the pins; return the exit status."""
    place = os.environ.get("NEXUS_OSV", "").strip()
    if not place:
        _say(ADVICE)
        return 2
    pins, wrong = pins_of(root), []
    found: list[Hit] = []
    records = 0
    for name, text in texts(Path(place)):
        try:
            for record in _records(text):
                found += hits(record, pins)
                records += 1
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            wrong.append(f"{name}: not a record of OSV ({error})")
    for hit in sorted(set(found)):
        _say(str(hit))
    for line in wrong:
        _say(line)
    if not records:
        _say(f"Nothing was checked: there is no record of OSV in {place}.")
        return 2
    _say(f"{len(pins)} pins, {records} advisories, {len(set(found))} apply.")
    return 1 if found else 2 if wrong else 0


def pins_of(root: Path) -> set[Pin]:
    """Return what is installed: of Python by requirements*.txt, of npm by package-lock.json."""
    pins = set()
    for path in sorted(root.glob("requirements*.txt")):
        for package, version in PINNED.findall(path.read_text(encoding="utf-8")):
            pins.add(Pin.of("PyPI", package, version))
    lock = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))
    for name, entry in lock["packages"].items():
        if name and "version" in entry:
            pins.add(Pin.of("npm", name.rpartition("node_modules/")[2], entry["version"]))
    return pins


def texts(place: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every JSON file in a folder, a zip, or of one file."""
    if place.is_dir():
        for path in sorted(place.rglob("*")):
            if path.suffix in {".json", ".zip"}:
                yield from texts(path)
    elif place.suffix == ".zip" and place.is_file():
        with zipfile.ZipFile(place) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield f"{place.name}/{name}", archive.read(name).decode("utf-8", "replace")
    elif place.is_file():
        yield place.name, place.read_text(encoding="utf-8", errors="replace")


def _records(text: str) -> list[dict[str, Any]]:
    found = json.loads(text)
    return found if isinstance(found, list) else [found]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())

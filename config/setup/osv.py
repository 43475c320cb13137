"""What an advisory in OSV's format says of a pinned package."""

import re
from typing import Any, NamedTuple

from packaging.version import InvalidVersion, Version

KINDS = {"ECOSYSTEM", "SEMVER"}
SEMVER = re.compile(r"v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?")


class Pin(NamedTuple):
    """One package at one version, its name in the form that is compared (PEP 503 for PyPI)."""

    ecosystem: str
    name: str
    version: str

    @classmethod
    def of(cls, ecosystem: str, name: str, version: str) -> "Pin":
        """Return the pin with its name made comparable."""
        plain = re.sub(r"[-_.]+", "-", name).lower() if ecosystem == "PyPI" else name
        return cls(ecosystem, plain, version)


class Hit(NamedTuple):
    """An advisory that applies to a pin; `fixed` is empty where no release mends it."""

    package: str
    version: str
    id: str
    aliases: str
    fixed: str
    summary: str

    def __str__(self) -> str:
        names = f"{self.id} ({self.aliases})" if self.aliases else self.id
        mended = f"fixed in {self.fixed}" if self.fixed else "no fixed release is named"
        return f"{self.package} {self.version}: {names}, {mended}. {self.summary}"


def hits(record: dict[str, Any], pins: set[Pin]) -> list[Hit]:
    """Return what a record says of these pins; a withdrawn one says nothing.

    Raises ValueError, TypeError, KeyError, AttributeError for what is no record.
    """
    key = str(record["id"])
    if record.get("withdrawn"):
        return []
    found = []
    for affected in record.get("affected", []):
        package = affected["package"]
        ecosystem = str(package["ecosystem"]).partition(":")[0]
        wanted = Pin.of(ecosystem, str(package["name"]), "")
        for pin in pins:
            if pin[:2] == wanted[:2] and _applies(affected, pin):
                fixed = ", ".join(_fixed(affected))
                aliases = ", ".join(map(str, record.get("aliases", [])))
                summary = " ".join(str(record.get("summary", "")).split())
                found.append(Hit(pin.name, pin.version, key, aliases, fixed, summary))
    return found


def _applies(affected: dict[str, Any], pin: Pin) -> bool:
    if pin.version in map(str, affected.get("versions", [])):
        return True
    return any(
        _in_range(span["events"], pin)
        for span in affected.get("ranges", [])
        if span["type"] in KINDS
    )


def _in_range(events: list[dict[str, str]], pin: Pin) -> bool:
    """Tell whether a version lies in a range: from `introduced` up to before `fixed`, or up to
    `last_affected` itself; the events may be in any order."""
    own = Order(pin.ecosystem, pin.version)
    inside = False
    for name, text in sorted(
        ((name, str(text)) for event in events for name, text in event.items()),
        key=lambda each: (Order(pin.ecosystem, each[1]).key, each[0] != "introduced"),
    ):
        at = Order(pin.ecosystem, text).key
        if name == "introduced" and own.key >= at:
            inside = True
        elif (name == "fixed" and own.key >= at) or (name == "last_affected" and own.key > at):
            inside = False
    return inside


def _fixed(affected: dict[str, Any]) -> list[str]:
    return [
        str(event["fixed"])
        for span in affected.get("ranges", [])
        if span.get("type") in KINDS
        for event in span["events"]
        if "fixed" in event
    ]


class Order(NamedTuple):
    """A version as it is compared in its ecosystem. Raises ValueError for what is none."""

    ecosystem: str
    text: str

    @property
    def key(self) -> tuple[Any, ...]:
        """Return what sorts: PEP 440 for PyPI, SemVer 2.0 (section 11) for npm."""
        if self.text == "0":
            return (0,)  # before everything, as OSV has it
        if self.ecosystem == "npm":
            return (1, *_semver(self.text))
        try:
            return (1, Version(self.text))
        except InvalidVersion as error:
            raise ValueError(f"no version: {self.text[:40]!r}") from error


def _semver(text: str) -> tuple[Any, ...]:
    found = SEMVER.fullmatch(text)
    if found is None:
        raise ValueError(f"no version: {text[:40]!r}")
    numbers = tuple(int(part) for part in found.group(1, 2, 3))
    if found[4] is None:
        return (*numbers, 1)  # a release comes after its own pre-releases
    parts = [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in found[4].split(".")]
    return (*numbers, 0, tuple(parts))

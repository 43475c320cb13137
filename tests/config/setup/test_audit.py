"""Known weaknesses of what is pinned are found without the network, and nothing is pretended."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from config.setup import audit
from config.setup.osv import Order, Pin, hits

REQUIREMENTS = (
    "Some_Thing==1.4.0 \\\n    --hash=sha256:00\nother==2.0 ; sys_platform == 'linux' \\\n"
)
LOCK = {
    "packages": {
        "": {"name": "nexus"},
        "node_modules/@scope/part": {"version": "3.1.0-rc.2"},
        "node_modules/a/node_modules/deep": {"version": "0.9.9"},
    }
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A project with four pins."""
    (tmp_path / "requirements.txt").write_text(REQUIREMENTS)
    (tmp_path / "requirements-dev.txt").write_text("")
    (tmp_path / "package-lock.json").write_text(json.dumps(LOCK))
    return tmp_path


def advisory(
    name: str, *events: dict[str, str], ecosystem: str = "PyPI", **more: Any
) -> dict[str, Any]:
    affected: dict[str, Any] = {"package": {"ecosystem": ecosystem, "name": name}}
    if events:
        affected["ranges"] = [{"type": "ECOSYSTEM", "events": list(events)}]
    versions = more.pop("versions", None)
    if versions:
        affected["versions"] = versions
    return {"id": "GHSA-test", "summary": "A hole.", "affected": [affected]} | more


def run(
    house: Path, export: Path | None, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> tuple[int, str]:
    monkeypatch.setenv("NEXUS_OSV", str(export or ""))
    return audit.main(house), capsys.readouterr().out


def given(house: Path, *records: Any) -> Path:
    export = house / "osv"
    export.mkdir()
    for number, record in enumerate(records):
        text = record if isinstance(record, str) else json.dumps(record)
        (export / f"{number}.json").write_text(text)
    return export


APPLY = {
    "range": advisory("some-thing", {"introduced": "0"}, {"fixed": "1.4.1"}),
    "any order": advisory("some.thing", {"fixed": "1.4.1"}, {"introduced": "1.4"}),
    "without end": advisory("other", {"introduced": "1"}),
    "last affected": advisory("other", {"introduced": "0"}, {"last_affected": "2.0.0"}),
    "second range": advisory(
        "other", {"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "2.0"}, {"fixed": "2.1"}
    ),
    "exact": advisory("other", versions=["1.9", "2.0"]),
    "scoped": advisory("@scope/part", {"introduced": "3.0.0"}, {"fixed": "3.1.0"}, ecosystem="npm"),
    "pre-release": advisory(
        "@scope/part", {"introduced": "3.1.0-rc.1"}, {"fixed": "3.1.0-rc.10"}, ecosystem="npm"
    ),
    "nested": advisory("deep", {"introduced": "0"}, {"fixed": "1.0.0"}, ecosystem="npm"),
}
PASS = {
    "fixed": advisory("some-thing", {"introduced": "0"}, {"fixed": "1.4.0"}),
    "not yet": advisory("other", {"introduced": "2.0.1"}),
    "long past": advisory("other", {"introduced": "0"}, {"last_affected": "1.9.9"}),
    "between": advisory("other", {"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "2.1"}),
    "other exact": advisory("other", versions=["2.0.0.post1"]),
    "withdrawn": advisory("other", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z"),
    "of another place": advisory("other", {"introduced": "0"}, ecosystem="crates.io"),
    "namesake": advisory("other", {"introduced": "0"}, ecosystem="npm"),
    "fixed before": advisory(
        "@scope/part", {"introduced": "0"}, {"fixed": "3.1.0-rc.1"}, ecosystem="npm"
    ),
}


@pytest.mark.parametrize("record", APPLY.values(), ids=APPLY)
def test_what_applies_is_found(
    record: Any, house: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    code, out = run(house, given(house, record), monkeypatch, capsys)
    assert code == 1
    assert "GHSA-test" in out
    assert "A hole." in out
    assert out.rstrip().endswith("4 pins, 1 advisories, 1 apply.")


@pytest.mark.parametrize("record", PASS.values(), ids=PASS)
def test_what_does_not_apply_is_passed_over(
    record: Any, house: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    code, out = run(house, given(house, record), monkeypatch, capsys)
    assert (code, out) == (0, "4 pins, 1 advisories, 0 apply.\n")


def test_without_an_export_it_says_so_and_does_not_pass(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    code, out = run(house, None, monkeypatch, capsys)
    assert code == 2
    assert "Nothing was checked" in out
    code, out = run(house, house / "nowhere", monkeypatch, capsys)
    assert code == 2
    assert "Nothing was checked" in out


@pytest.mark.parametrize(
    "broken",
    ["{", "[]x", '{"affected": []}', '{"id": "X", "affected": [{}]}', '"text"', "[1]", "null"],
)
def test_what_is_no_record_is_named_and_the_rest_is_checked(
    broken: str, house: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    export = given(house, broken, APPLY["range"])
    code, out = run(house, export, monkeypatch, capsys)
    assert code == 1
    assert "0.json: not a record of OSV" in out
    (export / "1.json").write_text(json.dumps(PASS["fixed"]))
    assert run(house, export, monkeypatch, capsys)[0] == 2, "not all of it was checked"


def test_an_archive_is_read_too(house: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    with zipfile.ZipFile(house / "all.zip", "w") as archive:
        archive.writestr("GHSA-test.json", json.dumps(APPLY["range"]))
    assert run(house, house / "all.zip", monkeypatch, capsys)[0] == 1


def test_semver_comes_in_its_order() -> None:
    """SemVer 2.0, section 11."""
    order = "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11"
    texts = [*order.split(), "1.0.0-rc.1", "1.0.0", "1.0.1", "1.10.0", "2.0.0"]
    keys = [Order("npm", text).key for text in ("0", *texts)]
    assert keys == sorted(keys)
    assert Order("npm", "1.0.0+build").key == Order("npm", "1.0.0").key


def test_the_projects_own_pins_are_all_read() -> None:
    pins = audit.pins_of(audit.ROOT)
    names = {(pin.ecosystem, pin.name) for pin in pins}
    assert {("PyPI", "django"), ("PyPI", "pytest"), ("npm", "hls.js"), ("npm", "htmx.org")} <= names
    planted = advisory("Django", {"introduced": "0"})
    assert [hit.package for hit in hits(planted, pins)] == ["django"]
    assert Pin.of("PyPI", "Django_x", "1").name == "django-x"


def test_the_command_fails_on_what_was_planted(house: Path) -> None:
    export = given(house, advisory("Pillow", {"introduced": "0"}))
    command = [sys.executable, "-m", "config.setup.audit"]
    done = subprocess.run(
        command,
        cwd=audit.ROOT,
        env={"NEXUS_OSV": str(export)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith("pillow ")

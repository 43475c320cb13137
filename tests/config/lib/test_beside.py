"""Commands beside a running site name its addresses, whatever its port."""

from pathlib import Path
from typing import Any

import pytest

from config.lib import origins


@pytest.fixture
def beside(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.STATE_DIR, settings.SITE_ORIGINS = tmp_path, []
    settings.SECURE_SSL_REDIRECT = False
    for name in ("HOST", "PORT"):
        monkeypatch.setenv(name, "")
    return tmp_path


def test_a_command_names_the_port_of_the_site(beside: Path) -> None:
    origins.remember_running("127.0.0.1", 8123)
    origins.be_beside_running()
    assert origins.home().endswith(":8123")


def test_what_the_environment_says_comes_first(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "9000")
    origins.remember_running("127.0.0.1", 8123)
    origins.be_beside_running()
    assert origins.home().endswith(":9000")


@pytest.mark.parametrize("text", ["", "[]", "{}", "no"])
def test_a_broken_note_is_none(beside: Path, text: str) -> None:
    (beside / "running.json").write_text(text)
    origins.be_beside_running()
    assert origins.home().endswith(":8000")

"""The doctor and /health/: green where all is well, red with what to do where it is not."""

import pytest
from django.core.management import call_command
from django.test import Client

from config import checks
from config.lib import health
from tests.factories.social import StaffFactory

pytestmark = pytest.mark.django_db


def test_the_doctor_is_content_with_the_embedded_parts(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("doctor")
    said = capsys.readouterr().out
    for word in ("PostgreSQL 18", "pgvector", "all applied", "Redis", "FFmpeg 9", "libopus"):
        assert word in said
    assert "writes, reads, deletes" in said
    assert "red" not in said.split()


def test_the_doctor_says_what_to_do_and_exits_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "LEAST_FREE_BYTES", 1 << 60)
    with pytest.raises(SystemExit) as ending:
        call_command("doctor")
    assert ending.value.code == 1
    assert "move the state with NEXUS_VAR" in capsys.readouterr().out


def test_one_broken_check_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_checks", {})
    health.register("broken", lambda: str(1 // 0))
    health.register("well", lambda: "fine")
    found = {finding.name: finding.level for finding in health.findings()}
    assert found == {"broken": "red", "well": "ok"}


def test_strangers_read_one_word_and_staff_read_all(client: Client) -> None:
    assert client.get("/health/").json() == {"status": "ok"}

    client.force_login(StaffFactory())
    answer = client.get("/health/").json()
    assert {check["name"] for check in answer["checks"]} >= {"database", "ffmpeg", "sandbox"}


def test_health_is_503_when_redis_is_away(client: Client, settings: object) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"  # type: ignore[attr-defined]
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"status": "red"}

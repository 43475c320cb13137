"""The doctor and /health/: green where all is well, red with what to do where it is not."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

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
    capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    with pytest.raises(SystemExit) as ending:
        call_command("doctor")
    assert ending.value.code == 1
    assert "Check REDIS_URL." in capsys.readouterr().out


def test_a_disk_below_its_reserve_is_a_warning_and_the_site_degraded(
    capsys: pytest.CaptureFixture[str], client: Client, settings: Any
) -> None:
    settings.NEXUS_DISK_RESERVE_BYTES = 1 << 60
    call_command("doctor")
    said = capsys.readouterr().out
    assert "warn  disk        The disk of this site is full." in said
    assert "move the state with NEXUS_VAR" in said
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"status": "degraded"})


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


def test_health_is_503_when_redis_is_away(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"status": "red"}

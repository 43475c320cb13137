"""Backups by the clock, by the buttons of the administration, and who may press them."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client

from media_pipeline.backups import kinds
from media_pipeline.backups.targets import Target
from media_pipeline.jobs.services import running
from media_pipeline.jobs.services.leases import stopping
from media_pipeline.models import Backup, Job
from tests.factories.social import StaffFactory, UserFactory
from tests.media_pipeline.backups.conftest import back_up
from tests.sockets import drive, signed_in, socket

PAGE = "/admin/media_pipeline/backup/"


@pytest.fixture(autouse=True)
def _set(target: Target, settings: Any) -> None:
    settings.NEXUS_BACKUP_TARGET = str(target)


def work() -> None:
    while running.run_next(["slow"]):
        pass


def test_the_night_makes_a_backup_and_now_and_then_a_drill(target: Target) -> None:
    kinds._come_round()
    work()
    assert list(Backup.objects.values_list("kind", "state")) == [("backup", "succeeded")]
    kinds._come_round()
    work()
    kinds._come_round()
    work()
    made = Backup.objects.order_by("id").values_list("kind", "state")
    assert list(made) == [(kind, "succeeded") for kind in ("backup", "backup", "drill", "backup")]


def test_a_long_one_gives_way_between_slices(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "SLICE_SECONDS", 0)
    monkeypatch.setattr("media_pipeline.backups.progress.WRITE_SECONDS", 0)
    kinds.ask("backup")
    slices = 0
    while running.run_next(["slow"]) and slices < 5:
        slices += 1
    assert Backup.objects.get().state == Backup.State.RUNNING
    monkeypatch.setattr(kinds, "SLICE_SECONDS", 30)
    work()
    assert Backup.objects.get().state == Backup.State.SUCCEEDED
    assert Job.objects.get(kind=kinds.MAKE).state == Job.State.SUCCEEDED


def test_a_worker_that_is_asked_to_end_hands_it_back(target: Target) -> None:
    kinds.ask("backup")
    stopping.set()
    try:
        running.run_next(["slow"])
    finally:
        stopping.clear()
    assert Job.objects.get().state == Job.State.PENDING
    work()
    assert Backup.objects.get().state == Backup.State.SUCCEEDED


def test_what_cannot_be_done_is_the_jobs_sentence(settings: Any) -> None:
    settings.NEXUS_BACKUP_TARGET = "/proc/nexus"
    kinds.ask("backup")
    work()
    job = Job.objects.get()
    assert (job.state, job.error_code) == (Job.State.FAILED, "backup-failed")
    assert "cannot be made" in job.error


def test_the_page_shows_the_last_of_both_and_its_buttons_work(
    target: Target, client: Client
) -> None:
    client.force_login(StaffFactory(is_superuser=True))
    assert "none yet" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}begin/backup/").status_code == 302
    work()
    assert client.post(f"{PAGE}begin/drill/").status_code == 302
    work()
    shown = client.get(PAGE).content.decode()
    assert shown.count(Backup.objects.earliest("id").name) >= 3
    assert str(target) in shown
    assert client.get(f"{PAGE}begin/backup/").status_code == 405
    client.post(f"{PAGE}begin/other/")
    assert not Job.objects.exclude(kind__in=kinds_of_jobs()).exists()


def kinds_of_jobs() -> list[str]:
    return [kinds.MAKE, kinds.DRILL]


def test_its_queries_do_not_grow_with_the_runs(
    target: Target, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(StaffFactory(is_superuser=True))
    for _ in range(3):
        back_up(target)
    with django_assert_max_num_queries(16):
        client.get(PAGE)


def test_only_who_may_see_them_does_and_only_who_may_begin_one_can(client: Client) -> None:
    staff = StaffFactory(is_superuser=False)
    client.force_login(staff)
    assert client.get(PAGE).status_code == 403
    staff.user_permissions.add(Permission.objects.get(codename="view_backup"))
    client.force_login(staff)
    assert "Back up now" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}begin/backup/").status_code == 403
    client.force_login(UserFactory())
    assert client.post(f"{PAGE}begin/backup/").status_code == 302  # to the sign-in
    assert not Job.objects.exists()


def test_the_socket_tells_each_change_to_who_may_see(door: None, target: Target) -> None:
    boss, other = StaffFactory(is_superuser=True), StaffFactory(is_superuser=False)
    mine, theirs = signed_in(boss), signed_in(other)

    async def story() -> None:
        refused = socket("/ws/admin/backups/", theirs)
        assert not (await refused.connect())[0]
        open_one = socket("/ws/admin/backups/", mine)
        assert (await open_one.connect())[0]
        assert "Last backup" in await open_one.receive_from()
        await open_one.disconnect()

    drive(story)


def test_the_command_says_what_it_did(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup", str(target))
    said = capsys.readouterr().out
    assert Backup.objects.get().name in said
    assert "It holds the secret key" in said
    call_command("backup", str(target), "--drill")
    assert "is whole" in capsys.readouterr().out
    call_command("backup", "--list")
    assert capsys.readouterr().out.count(" rows ") == 1
    with pytest.raises(CommandError, match=r"No backup is called '\.\./x'"):
        call_command("backup", str(target), drill="../x")
    with pytest.raises(CommandError, match="At least one"):
        call_command("backup", str(target), keep=0)


def test_a_restore_into_what_holds_anything_is_refused(target: Target, tmp_path: Path) -> None:
    back_up(target)
    with pytest.raises(CommandError, match="not empty: it has 1 accounts, 1 pieces"):
        call_command("restore", str(target))
    with pytest.raises(CommandError, match="no whole backup"):
        call_command("restore", str(tmp_path / "elsewhere"))

"""The whole way: a running site is backed up, wiped, restored, and serves the same; kills included.

Whole sites with servers of their own: what is wiped here is really gone.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests.config.conftest import Launch, launch, open_folder
from tests.music import tone
from tests.sites import answers, free_port, wait_until

__all__ = ["launch", "open_folder"]  # fixtures of whole sites

ROWS = {
    "people": "SELECT id, handle, display_name, password FROM social_user ORDER BY id",
    "pieces": "SELECT id, owner_id, slug, title, visibility FROM tracks_track ORDER BY id",
    "versions": "SELECT id, track_id, number, media_id FROM tracks_trackversion ORDER BY id",
    "originals": "SELECT id, key, sha256, attempt FROM media_pipeline_asset ORDER BY id",
    "custody": "SELECT id, case_id, track_ids, digest, released_at FROM moderation_custody",
    "notes": "SELECT id, track_id, at_ms, body_md FROM social_comment ORDER BY id",
}
# What is given, shared, sent on with its receipt file, and sealed.
GIVE = (
    "from tests.factories.economics import confirm, declare, disburse, finance; "
    "from economics.charities.services import attach; from social.models import User; "
    "from media_pipeline.sealing.services import close; "
    # Another process began with the first names.
    "from tests.factories.social import UserFactory; UserFactory.reset_sequence(500); "
    "confirm(declare(User.objects.get(handle='admin')), fee=33); row = disburse(100); "
    "attach(row.pk, data=b'The bank has sent it.', name='receipt.txt', by=finance()); "
    "print(close())"
)
RECEIPT = "/charities/eff/receipts/{}/"
ROWS |= {
    "ledger": "SELECT key, sum(amount), count(*) FROM economics_ledgerentry entry JOIN "
    "economics_ledgeraccount account ON account.id = account_id GROUP BY key ORDER BY key",
    "transactions": "SELECT id, key, effective_at, recorded_at FROM economics_ledgertransaction "
    "ORDER BY id",
    "receipts": "SELECT id, disbursement_id, key, size, sha256 FROM economics_disbursementreceipt",
    "seals": "SELECT id, count, previous, digest, key FROM media_pipeline_seal ORDER BY id",
    "sealed": "SELECT id, kind, subject, data, seal_id FROM media_pipeline_sealedentry ORDER BY id",
}
NOTE = (
    "INSERT INTO social_comment (id, track_id, version_id, user_id, at_ms, body_md, attribution, "
    "visibility, created_at) SELECT gen_random_uuid(), track_id, id, created_by_id, 500, "
    "'The bass is late', '', 'everybody', now() FROM tracks_trackversion LIMIT 1"
)
# A release is kept as evidence, with its piece; it is opened again with the key that its row has.
KEEP = """
from moderation.custody import services
from tests.factories.moderation import make_report, moderator
from tests.factories.tracks import ReleaseFactory
from tracks.models import Track
track = Track.objects.get()
words = {"visibility": "public", "slug": "threats", "title": "Threats"}
release = ReleaseFactory.create(owner=track.owner, **words)
release.items.create(track=track, position=1)
case = make_report(release, "release", "violence").case
services.keep(case=case, by=moderator(), reason="A threat.", authority="The police")
"""
OPEN = """
import hashlib
from media_pipeline.storage import get_storage
from moderation.custody import copying
from moderation.models import Custody
row = Custody.objects.held().get()
data = b"".join(copying.opened(get_storage().stream(row.key), row.secret))
print("as it was sealed:", hashlib.sha256(data).hexdigest() == row.digest)
"""
SEALED = "SELECT 1 FROM moderation_custody WHERE made_at IS NOT NULL"


def manage(launch: Launch, state: Path, *words: str, **environment: str) -> tuple[int, str]:
    """Run a command over a state folder to its end; return its code and all that it said."""
    process = launch(state, "manage.py", *words, **environment)
    said, _ = process.communicate(timeout=120)
    return process.returncode, said


class Running:
    """A site that runs over a state folder."""

    def __init__(self, launch: Launch, state: Path) -> None:
        self.state, self.port = state, free_port()
        self.process = launch(state, "manage.py", "up", "--port", str(self.port))
        wait_until(lambda: answers(self.port) or self.process.poll() is not None, 240)

    def get(self, path: str) -> httpx.Response:
        """Ask for a page."""
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=10)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask the database."""
        with psycopg.connect(f"host={self.state}/run/pg user=nexus dbname=nexus") as rows:
            return rows.execute(query).fetchall()

    def stop(self) -> None:
        """Press Ctrl-C."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.communicate(timeout=30)


def files_of(state: Path) -> dict[str, str]:
    """Return the hash of every stored file."""
    media = state / "media"
    return {
        str(path.relative_to(media)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in media.rglob("*")
        if path.is_file() and path.relative_to(media).parts[0] not in {".drafts", "uploads"}
    }


@pytest.mark.long("two whole sites, and commands between them")
def test_what_was_backed_up_while_it_ran_serves_the_same_after_a_wipe(
    open_folder: Path, launch: Launch
) -> None:
    state, kept = open_folder / "var", open_folder / "kept"
    piece = tone(open_folder / "Night bus.wav", seconds=4)
    site = Running(launch, state)
    upload = ["upload", str(piece), "--as", "admin", "--visibility", "public"]
    code, said = manage(launch, state, *upload)
    assert code == 0, said
    path = httpx.URL(said.rsplit(" ", 1)[1].strip()).path
    ready = "SELECT 1 FROM media_pipeline_asset WHERE ready_at IS NOT NULL"
    wait_until(lambda: bool(site.rows(ready)), 90)
    with psycopg.connect(f"host={state}/run/pg user=nexus dbname=nexus", autocommit=True) as rows:
        rows.execute(NOTE)
    code, said = manage(launch, state, "shell", "-v0", "-c", KEEP)
    assert code == 0, said
    wait_until(lambda: bool(site.rows(SEALED)), 60)

    code, said = manage(launch, state, "shell", "--no-imports", "-c", GIVE)
    assert (code, said.split()[-1] != "0") == (0, True), said

    code, said = manage(launch, state, "backup", str(kept), NEXUS_FAULT="backup:copied")
    assert code == -signal.SIGKILL
    code, said = manage(launch, state, "backup", str(kept), "--list")
    assert "There is no backup" in said
    rows_killed = "UPDATE media_pipeline_backup SET heartbeat_at = now() - interval '1 hour'"
    with psycopg.connect(f"host={state}/run/pg user=nexus dbname=nexus", autocommit=True) as rows:
        rows.execute(rows_killed)
    code, said = manage(launch, state, "backup", str(kept))
    assert code == 0, said

    told = {name: site.rows(query) for name, query in ROWS.items()}
    files = files_of(state)
    page = site.get(path)
    assert page.status_code == 200
    assert "The bass is late" in str(told["notes"])
    assert site.get("/releases/threats/").status_code == 404
    assert [name for name in files if name.startswith("custody/")]
    left = {key: total for key, total, _ in told["ledger"]}["provider_clearing:manual"]
    assert left == 1000 - 33 - 100 - 100  # prepared to be sent on, which counts no more, and sent
    receipt = RECEIPT.format(told["receipts"][0][0])
    assert site.get(receipt).content == b"The bank has sent it."
    code, said = manage(launch, state, "restore", str(kept))
    assert code == 1
    assert "The site is running here" in said
    site.stop()
    shutil.rmtree(state)

    for point in ("restore:files", "restore:rows"):
        code, said = manage(launch, state, "restore", str(kept), NEXUS_FAULT=point)
        assert code == -signal.SIGKILL, said
    code, said = manage(launch, state, "restore", str(kept), "--verify")
    assert code == 0, said
    assert "All rows, seals and bytes are as they were" in said
    assert files_of(state) == files
    code, said = manage(launch, state, "restore", str(kept))
    assert "not empty" in said

    back = Running(launch, state)
    assert {name: back.rows(query) for name, query in ROWS.items()} == told
    assert sum(int(str(total)) for _, total, _ in back.rows(ROWS["ledger"])) == 0
    site_role = f"host={state}/run/pg user=nexus_site dbname=nexus"
    with psycopg.connect(site_role) as rows, pytest.raises(InsufficientPrivilege):
        rows.execute("DELETE FROM economics_ledgerentry")
    again = back.get(path)
    assert again.status_code == 200
    assert "Night bus" in again.text
    assert back.get(receipt).content == b"The bank has sent it."
    assert back.get("/releases/threats/").status_code == 404
    code, said = manage(launch, state, "shell", "-v0", "-c", OPEN)
    assert "as it was sealed: True" in said
    wait_until(lambda: back.get("/health/").json()["status"] == "ok", 20)
    back.stop()
    _end_servers(state)


def _end_servers(state: Path) -> None:
    """Nothing of a killed command outlives the test."""
    with contextlib.suppress(OSError, ValueError):
        pid = int((state / "postgres/18/postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGINT)
    subprocess.run(["true"], check=True)


@pytest.mark.long("a whole site in the making, and a target without room")
def test_a_target_that_gets_full_is_a_sentence_and_no_backup(
    open_folder: Path, launch: Launch, disk_of: object
) -> None:
    assert callable(disk_of)
    state, disk = open_folder / "var", disk_of(8)
    code, said = manage(launch, state, "migrate", "-v0")
    assert code == 0, said
    music = state / "media" / "originals"
    music.mkdir(parents=True)
    (music / "large.wav").write_bytes(os.urandom(12 * 1024 * 1024))
    code, said = manage(launch, state, "backup", str(disk))
    assert code == 1
    assert "has no room" in said
    (music / "large.wav").write_bytes(os.urandom(6 * 1024 * 1024))
    code, said = manage(launch, state, "backup", str(disk))
    assert code == 0, said
    # What fits when it is looked at, and does not when it is written.
    (music / "second.wav").write_bytes(os.urandom(1024 * 1024))
    (disk / "others").write_bytes(os.urandom(_free(disk) - 300_000))
    code, said = manage(launch, state, "backup", str(disk))
    assert code == 1
    assert "has no room" in said or "No space left" in said
    assert "Traceback" not in said
    code, said = manage(launch, state, "backup", str(disk), "--list")
    assert said.count(" rows ") == 1


def _free(folder: Path) -> int:
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize

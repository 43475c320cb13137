"""The web process is killed in the middle of an upload. No acknowledged part is lost, nothing is
done twice, and after the sweep nothing is left over."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone

from media_pipeline.models import Asset, Job, Media, Upload
from media_pipeline.storage import get_storage
from media_pipeline.storage.disk import DiskStorage
from media_pipeline.uploads.services import sweep as upload_sweep
from media_pipeline.uploads.services.quota import quota_of
from social.models import User
from tests.factories.social import UserFactory, bearer
from tests.sites import Site, free_port, wait_until
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)

PART_BYTES = 8 * 1024 * 1024
SONG = bytes(range(256)) * (PART_BYTES // 256) + b"the end of the song"
PARTS = {1: SONG[:PART_BYTES], 2: SONG[PART_BYTES:]}

WHILE_SENDING = ["upload:receiving=2", "upload:fsync=2", "upload:rename=2"]
WHILE_COMPLETING = ["upload:closing", "upload:assemble", "upload:commit"]


@pytest.fixture
def disk() -> DiskStorage:
    """The storage of the site, empty."""
    storage = get_storage()
    assert isinstance(storage, DiskStorage)
    for key in list(storage.list("")):
        storage.delete(key)
    return storage


@pytest.fixture
def artist() -> User:
    """Who uploads."""
    user: User = UserFactory.create()
    return user


class Sender:
    """A program that uploads SONG, and notes what was acknowledged to it."""

    def __init__(self, site: Site, artist: User) -> None:
        self.api = httpx.Client(base_url=f"{site.url}/api/v1/", headers=bearer(artist), timeout=20)
        self.etags: dict[int, str] = {}
        self.id = ""

    def create(self) -> None:
        """Begin."""
        plan = self._ok(self.api.post("uploads/", json={"filename": "song.wav", "size": len(SONG)}))
        assert (plan["part_size"], plan["part_count"]) == (PART_BYTES, 2)
        self.id = plan["id"]

    def send(self, number: int) -> None:
        """Send one part and keep its receipt. Raises httpx.TransportError when the site dies."""
        signed = self._ok(
            self.api.post(f"uploads/{self.id}/parts/sign/", json={"parts": [number]})
        )[0]
        answer = httpx.put(signed["url"], content=PARTS[number], headers=signed["headers"])
        assert answer.status_code == 200, answer.text
        self.etags[number] = answer.headers["ETag"]

    def send_the_rest(self) -> None:
        """Send part 2 and finish."""
        self.send(2)
        self.complete()

    def state(self) -> dict[str, Any]:
        """Ask how far it is."""
        answer: dict[str, Any] = self._ok(self.api.get(f"uploads/{self.id}/"))
        return answer

    def complete(self) -> dict[str, Any]:
        """Finish."""
        parts = [{"number": number, "etag": etag} for number, etag in self.etags.items()]
        body = {"parts": parts, "track": {"title": "Song"}}
        return self._ok(self.api.post(f"uploads/{self.id}/complete/", json=body))  # type: ignore[no-any-return]

    def _ok(self, answer: httpx.Response) -> Any:
        assert answer.is_success, answer.text
        return answer.json()


def kill_and_return(site: Site, point: str, sender: Sender) -> None:
    """Let the site die at `point` and start it again, whole."""
    web = site.serve(NEXUS_FAULT=point)
    sender.create()
    sender.send(1)
    with pytest.raises(httpx.TransportError):
        sender.send_the_rest()
    wait_until(lambda: web.poll() is not None)
    assert web.returncode == -9
    site.serve()


def sender_of(site: Site, artist: User) -> Sender:
    """Return a sender for a site that does not run yet."""
    site.port = free_port()
    return Sender(site, artist)


@pytest.mark.parametrize("point", [*WHILE_SENDING, *WHILE_COMPLETING])
def test_what_was_acknowledged_is_there_and_the_rest_follows(
    point: str, site: Site, artist: User, disk: DiskStorage
) -> None:
    sender = sender_of(site, artist)
    kill_and_return(site, point, sender)
    arrived = {part["number"]: part["etag"] for part in sender.state()["parts"]}
    if sender.state()["state"] != "completed":
        assert sender.etags.items() <= arrived.items()
        for number in {1, 2} - arrived.keys():
            sender.send(number)
    sender.etags |= arrived
    first, second = sender.complete(), sender.complete()
    assert first == second
    work = Job.objects.exclude(asset=None)
    assert [Asset.objects.count(), Media.objects.count(), work.count()] == [1, 1, 1]
    assert Track.objects.get().primary_version is not None
    upload_sweep.sweep_storage()
    assert list(disk.list("")) == [f"originals/{sender.id}.wav"]
    assert disk.read(Asset.objects.get().key) == SONG
    assert quota_of(artist).used == len(SONG)


@pytest.mark.parametrize("point", ["upload:fsync=2", "upload:assemble"])
def test_who_never_comes_back_leaves_nothing(
    point: str, site: Site, artist: User, disk: DiskStorage
) -> None:
    kill_and_return(site, point, sender_of(site, artist))
    assert list(disk.list("")) != []
    upload_sweep.sweep_uploads()
    assert list(disk.list("")) != [], "an upload may be gone on with for a week"
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert upload_sweep.sweep_uploads() == 1
    upload_sweep.sweep_storage()
    assert list(disk.list("")) == []
    assert not list((disk.root / "uploads").iterdir())
    assert quota_of(artist).used == 0


def test_a_place_without_a_row_is_removed_after_a_day(
    site: Site, artist: User, disk: DiskStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = sender_of(site, artist)
    web = site.serve(NEXUS_FAULT="upload:begin")
    with pytest.raises(httpx.TransportError):
        sender.create()
    wait_until(lambda: web.poll() is not None)
    assert not Upload.objects.exists()
    assert upload_sweep.sweep_storage() == 0, "its row might be about to come"
    monkeypatch.setattr(upload_sweep, "NAMELESS_KEPT", timedelta(0))
    assert upload_sweep.sweep_storage() == 1
    assert list(disk.list("")) == []

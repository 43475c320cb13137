"""Archives made and brought under SIGKILL: nothing half is ever offered, nothing is made twice."""

import hashlib
import signal
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from media_pipeline.jobs.services import ending
from media_pipeline.models import Asset, Job, Upload
from media_pipeline.storage import get_storage
from social.exports.services.beginning import begin
from social.models import Export, Imported, Note, User
from tests.factories.archives import make_archive, make_artist
from tests.factories.social import UserFactory
from tests.sites import Site, wait_until
from tracks.models import Playlist, Release, Stem, Track, TrackVersion

QUICK = {"NEXUS_LEASE_SECONDS": "2", "NEXUS_HEARTBEAT_SECONDS": "1"}
START_SECONDS = 30


def recovered(job: Job) -> bool:
    ending.recover(Job.objects.all())
    job.refresh_from_db()
    return job.state == "succeeded"


@pytest.mark.parametrize("stage", ["export:written", "export:stored", "job:after-end=exports.make"])
def test_a_worker_killed_while_it_packs_costs_nothing(site: Site, stage: str) -> None:
    ada = make_artist()
    export = begin(person=ada)
    job = Job.objects.get(kind="exports.make")
    killed = site.work("slow", NEXUS_FAULT=stage, **QUICK)
    assert killed.wait(START_SECONDS) == -signal.SIGKILL
    export.refresh_from_db()
    assert bool(export.key) == (stage == "job:after-end=exports.make")
    site.work("slow", **QUICK)
    wait_until(lambda: recovered(job), 60, 0.25)
    export.refresh_from_db()
    with zipfile.ZipFile(get_storage().local_path(export.key)) as archive:
        assert archive.testzip() is None
    assert Export.objects.get().sha256 == hashlib.sha256(get_storage().read(export.key)).hexdigest()


def counts_of(owner: User) -> list[int]:
    return [
        TrackVersion.objects.filter(track__owner=owner).count(),
        Track.objects.filter(owner=owner).count(),
        Stem.objects.filter(version__track__owner=owner).count(),
        Release.objects.filter(owner=owner).count(),
        Playlist.objects.filter(owner=owner).count(),
        Note.objects.filter(track__owner=owner).count(),
        Asset.objects.filter(owner=owner).count(),
    ]


@pytest.mark.parametrize(
    "stage",
    [
        "upload:begin",
        "upload:rename",
        "import:sent",
        "upload:closing",
        "upload:assemble",
        "upload:commit",
        "import:made=Élan: take/2?.wav",
        "import:made=voice.wav",
        "import:notes",
    ],
)
def test_an_import_killed_anywhere_is_gone_on_with(site: Site, tmp_path: Path, stage: str) -> None:
    ada, eve = make_artist(), UserFactory.create(handle="eve")
    path = make_archive(ada, tmp_path)
    words = ("import_archive", str(path), "--as", "eve", "--from", "ada")
    killed = site.launch(*words, NEXUS_FAULT=stage)
    assert killed.wait(START_SECONDS) == -signal.SIGKILL
    call_command(*words)
    assert counts_of(eve) == [4, 1, 2, 1, 1, *_notes_and_assets()]
    before = counts_of(eve), Imported.objects.filter(owner=eve).count()
    call_command(*words)
    assert (counts_of(eve), Imported.objects.filter(owner=eve).count()) == before
    assert not Upload.objects.filter(owner=eve, state="completing").exists()
    assert originals_of(eve) == originals_of(ada)
    folder = Path(settings.NEXUS_WORK_DIR).with_name("imports")
    assert not [found for found in folder.iterdir() if found.is_dir()]


def _notes_and_assets() -> list[int]:
    return [
        Note.objects.filter(track__owner__handle="ada").count(),
        4 + 2 + 1 + 1,
    ]  # versions, stems, picture, cover


def originals_of(owner: User) -> dict[int, bytes]:
    versions = TrackVersion.objects.filter(track__owner=owner).select_related("media__asset")
    return {row.number: get_storage().read(row.media.asset.key) for row in versions}

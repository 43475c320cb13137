"""The archive of one's data: whole, checkable by anybody, made one at a time, gone in time."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from config.lib import kept
from config.lib.kept import SECTIONS
from config.lib.problems import Problem
from media_pipeline.models import Job, Removal
from media_pipeline.storage import get_storage
from social.exports.presenters import lines_of
from social.exports.services.beginning import begin
from social.models import Export, Imported, Notification, User
from tests.factories.archives import forgotten, make_archive, stored
from tests.factories.social import UserFactory
from tests.factories.tracks import TrackFactory
from tests.jobs import do_jobs, read_events
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)
ArchiveOf = Callable[[User], Path]


def test_everything_in_it_is_in_its_list(ada: User, archive_of: ArchiveOf) -> None:
    """Checked with nothing but zipfile and hashlib."""
    with zipfile.ZipFile(archive_of(ada)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        listed = json.loads(archive.read("manifest.json"))["files"]
        assert names[-1] == "manifest.json"
        assert sorted(listed) == sorted(names[:-1])
        for name, words in listed.items():
            data = archive.read(name)
            assert (len(data), hashlib.sha256(data).hexdigest()) == (words["size"], words["sha256"])
        for section in SECTIONS:
            assert json.loads(archive.read(f"schemas/{section}.json"))["$schema"]
        head = json.loads(archive.read("archive.json"))
        assert (head["format"], head["version"], head["handle"]) == ("nexus-archive", 1, "ada")
        assert head["counts"]["versions"] == 4
        assert head["missing"] == []
        assert "import_archive nexus-ada-" in archive.read("README.txt").decode()


def test_originals_are_in_it_byte_for_byte_and_once(ada: User, archive_of: ArchiveOf) -> None:
    with zipfile.ZipFile(archive_of(ada)) as archive:
        rows = json.loads(archive.read("data/versions.json"))
        for row in rows:
            assert hashlib.sha256(archive.read(row["path"])).hexdigest() == row["sha256"]
        originals = [info for info in archive.infolist() if info.filename.startswith("originals/")]
        assert len(originals) == 3, "two of the four versions are the same bytes"
        assert {info.compress_type for info in originals} == {zipfile.ZIP_STORED}


def test_it_is_offered_with_its_hash_for_seven_days(ada: User, archive_of: ArchiveOf) -> None:
    path = archive_of(ada)
    export = Export.objects.get()
    assert export.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert export.size_bytes == path.stat().st_size
    assert export.expires_at - export.ready_at == timedelta(days=7)
    read_events()
    news = Notification.objects.get(kind="export")
    assert (news.user, news.actor_name) == (ada, "Nexus")


def test_what_the_storage_has_lost_is_named_and_holds_nothing_up(
    ada: User, archive_of: ArchiveOf
) -> None:
    forgotten(Track.objects.get(owner=ada).versions.get(number=3).media)
    with zipfile.ZipFile(archive_of(ada)) as archive:
        (lost,) = json.loads(archive.read("archive.json"))["missing"]
        assert lost not in archive.namelist()
        assert lost in archive.read("README.txt").decode()


def test_names_of_files_are_apart_whatever_they_are(tmp_path: Path) -> None:
    person = UserFactory.create()
    for slug in ("a", "b"):
        TrackFactory.create(owner=person, slug=slug, version=stored(person, ".." * 20 + "/é" * 100))
    with zipfile.ZipFile(make_archive(person, tmp_path)) as archive:
        names = [name for name in archive.namelist() if name.startswith("originals/")]
        assert len({name.casefold() for name in names}) == 2
        for name in names:
            assert ".." not in name.split("/")
            assert max(len(part.encode()) for part in name.split("/")) < 200


def test_one_is_made_at_a_time(ada: User) -> None:
    begin(person=ada)
    with pytest.raises(Problem, match="being made already") as refusal:
        begin(person=ada)
    assert refusal.value.status == 409
    assert Export.objects.count() == 1
    assert begin(person=UserFactory.create()), "somebody else's is not held up"


def test_three_a_day_are_the_most(ada: User) -> None:
    for _ in range(3):
        begin(person=ada)
        do_jobs("slow")
    with pytest.raises(Problem, match="3 archives a day") as refusal:
        begin(person=ada)
    assert refusal.value.status == 429
    Export.objects.update(ready_at=timezone.now() - timedelta(days=1, minutes=1))
    assert begin(person=ada)


def test_without_room_nothing_is_begun(ada: User, settings: Any) -> None:
    settings.NEXUS_DISK_RESERVE_BYTES = 2**60
    with pytest.raises(Problem, match="disk of this site is full"):
        begin(person=ada)
    assert not Export.objects.exists()


def test_a_failure_is_said_and_tried_again(ada: User, settings: Any) -> None:
    begin(person=ada)
    Job.objects.filter(kind="exports.make").update(
        state="failed", error="It did not work.", finished_at=timezone.now()
    )
    (line,) = lines_of(ada)
    assert (line.state, line.words, line.url) == ("failed", "It did not work.", "")
    begin(person=ada)
    do_jobs("slow")
    (line,) = lines_of(ada)
    assert (line.state, line.percent) == ("ready", 100)


def test_its_time_ends_with_row_and_bytes(ada: User, archive_of: ArchiveOf) -> None:
    archive_of(ada)
    export = Export.objects.get()
    rule = kept.RULES["exports"]
    assert rule.forget(timezone.now() + timedelta(days=6), 10) == 0
    assert get_storage().exists(export.key)
    assert rule.forget(timezone.now() + timedelta(days=8), 10) == 1
    assert not get_storage().exists(export.key)
    assert not Export.objects.exists()


def test_what_is_being_made_is_not_forgotten(ada: User) -> None:
    begin(person=ada)
    assert kept.RULES["exports"].forget(timezone.now() + timedelta(days=8), 10) == 0


def test_who_leaves_takes_it_along(ada: User, archive_of: ArchiveOf) -> None:
    archive_of(ada)
    key = Export.objects.get().key
    from social.exports.services import beginning

    with transaction.atomic():
        beginning.leave(ada)
    assert not Export.objects.exists()
    assert not Imported.objects.filter(owner=ada).exists()
    assert not get_storage().exists(key)
    assert Removal.objects.filter(original_key=key).exists(), "a late worker is swept after"


def test_one_that_is_wanted_no_more_while_it_is_made_leaves_nothing(ada: User) -> None:
    export = begin(person=ada)
    key = f"exports/{export.pk}.zip"
    Export.objects.all().delete()
    assert do_jobs("slow") == 1
    assert Job.objects.get(kind="exports.make").state == "succeeded"
    assert not get_storage().exists(key)

"""Whoever packs an archive by hand gets nothing in that should not be: a sentence, and no trace."""

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from config.lib.problems import Problem
from media_pipeline.models import Asset, Upload
from social.exports.services.opening import opened
from social.models import Imported, Note, User
from tests.factories.social import UserFactory
from tests.social.exports.spoiling import (
    Spoil,
    another_zip,
    bomb,
    deep,
    edited,
    flipped,
    huge,
    lying,
    missing,
    no_zip,
    truncated,
    with_files,
    with_name,
    wrong_hash,
)
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


BAD: dict[str, tuple[Spoil, str]] = {
    "above": (with_name("../../outside.wav"), "outside of the archive's own folder"),
    "absolute": (with_name("/etc/cron.d/nexus"), "outside of the archive's own folder"),
    "drive": (with_name("C:/x.wav"), "outside of the archive's own folder"),
    "backslash": (with_name("originals\\..\\x"), "outside of the archive's own folder"),
    "link": (
        with_name("originals/link", external_attr=(stat.S_IFLNK | 0o777) << 16),
        "is a link, and not a file",
    ),
    "twice": (with_name("data/TRACKS.json"), "is in the archive twice"),
    "lzma": (with_name("originals/x", compress_type=zipfile.ZIP_LZMA), "compressed in a way"),
    "not listed": (with_name("originals/more.wav"), "is not in its list"),
    "missing": (missing, "is in its list, and not there"),
    "truncated": (truncated, "no zip file, or a part of it is missing"),
    "no zip": (no_zip, "no zip file"),
    "another zip": (another_zip, "no archive of Nexus"),
    "flipped": (flipped, "cannot be read to its end"),
    "wrong hash": (wrong_hash, "has other bytes than the archive says"),
    "bomb": (bomb, "would unpack to many times its size"),
    "lying": (lying, "cannot be read to its end|other bytes"),
    "newer": (
        with_files(archive=edited(lambda head: head.update(version=2))),
        "of version 2, made by a newer Nexus",
    ),
    "other format": (with_files(archive=edited(lambda h: h.update(format="x"))), "no archive"),
    "no json": (with_files(data__tracks=lambda _data: b"{"), "not readable as JSON"),
    "no number": (with_files(data__tracks=lambda _data: b"[NaN]"), "not readable as JSON"),
    "deep": (with_files(data__notes=deep), "not readable as JSON"),
    "huge": (with_files(data__notes=huge), "has over 64 MiB"),
    "nul": (
        with_files(data__tracks=edited(lambda rows: rows[0].update(title="a\0b"))),
        "not readable as JSON",
    ),
    "surrogate": (
        with_files(data__tracks=edited(lambda rows: rows[0].update(title="\ud800"))),
        "not readable as JSON",
    ),
    "year 9999": (
        with_files(data__tracks=edited(lambda r: r[0].update(created_at="9999-12-31T23:59:59Z"))),
        "row 1: created_at is not as it must be",
    ),
    "number": (
        with_files(data__versions=edited(lambda r: r[0].update(number=2_147_483_647))),
        "row 1: number is not as it must be",
    ),
    "bell": (with_name("../\x1b[2Jx.wav"), r"“\.\./\[2Jx.wav” would lie outside"),
    "no time": (
        with_files(data__tracks=edited(lambda r: r[0].update(created_at="2026-13-01T00:00:00Z"))),
        "row 1: created_at is not as it must be",
    ),
    "too long": (
        with_files(data__notes=edited(lambda rows: rows[0].update(body_md="x" * 10_001))),
        "row 1: body_md is not as it must be",
    ),
    "too late": (
        with_files(data__notes=edited(lambda rows: rows[0].update(at_ms=2**31))),
        "row 1: at_ms is not as it must be",
    ),
    "same id": (
        with_files(data__notes=edited(lambda rows: rows.append(dict(rows[0])))),
        "two rows of one id",
    ),
    "other file": (
        with_files(data__versions=edited(lambda rows: rows[0].update(sha256="a" * 64))),
        "is another file than data/versions.json says",
    ),
}


@pytest.fixture
def good(ada: User, archive_of: Callable[[User], Path]) -> Path:
    """The archive of an artist."""
    UserFactory.create(handle="eve")
    return archive_of(ada)


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_with_its_sentence_and_leaves_nothing(
    name: str, good: Path, tmp_path: Path
) -> None:
    spoil, sentence = BAD[name]
    bad = tmp_path / "bad.zip"
    spoil(good, bad)
    with pytest.raises(CommandError, match=sentence):
        call_command("import_archive", str(bad), "--as", "eve", "--from", "ada")
    eve = User.objects.get(handle="eve")
    for model in (Track, Upload, Asset, Imported):
        owned: Any = model
        assert not owned.objects.filter(owner=eve).exists()
    assert not Note.objects.filter(user=eve).exists()
    folder = Path(settings.NEXUS_WORK_DIR).with_name("imports")
    assert [path.name for path in folder.iterdir() if path.is_dir()] == []
    assert not (tmp_path.parent / "outside.wav").exists()


def test_an_encrypted_one_is_refused(good: Path, tmp_path: Path) -> None:
    data = bytearray(good.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    bad = tmp_path / "bad.zip"
    bad.write_bytes(bytes(data))
    with pytest.raises(Problem, match="is encrypted"), opened(bad):
        pass


def test_a_file_that_is_not_there_is_said(tmp_path: Path, good: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_archive", str(tmp_path / "none.zip"), "--as", "eve")


def test_what_makes_no_sense_is_left_and_the_rest_comes(good: Path, tmp_path: Path) -> None:
    """A reply to nothing, a passage that ends before it begins, a list of strangers' pieces."""
    nowhere = "00000000-0000-7000-8000-000000000000"

    def spoil(rows: list[dict[str, Any]]) -> None:
        rows[0].update(until_ms=rows[0]["at_ms"])
        reply = next(row for row in rows if row["parent"])
        reply.update(parent=nowhere)

    bad = tmp_path / "odd.zip"
    with_files(data__notes=edited(spoil))(good, bad)
    call_command("import_archive", str(bad), "--as", "eve", "--from", "ada")
    eve = User.objects.get(handle="eve")
    assert Note.objects.filter(user=eve).exists()
    assert not Note.objects.filter(user=eve).exclude(parent=None).exists()

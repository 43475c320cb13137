"""manage.py storage says what lies there, and deletes nothing that was not asked for."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from config.lib.ids import uuid7
from media_pipeline.storage import MediaStorage
from tests.factories.media_pipeline import AssetFactory
from tests.media_pipeline.audit.days import put, seen_a_day_ago, sweep_tomorrow

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command("storage", *words, stdout=out, stderr=out)
    return out.getvalue()


def told(*words: str) -> Any:
    return json.loads(said("--json", *words))


def test_before_the_first_count_it_says_how_to(disk: MediaStorage) -> None:
    assert "Nothing was counted yet. Add --sweep" in said()
    assert told()["counted_at"] is None


def test_people_read_bytes_by_kind_and_findings(disk: MediaStorage) -> None:
    asset = AssetFactory.create()
    put("readme.txt", data=bytes(2_500_000))
    text = said("--sweep").replace("\N{NO-BREAK SPACE}", " ")
    assert "Counted " in text
    assert any(
        line.split() == ["Other", "1", "2.5", "MB", "100.0", "%"] for line in text.splitlines()
    )
    assert "A row without its bytes: 1" in text
    assert f"  {asset.key}  0 bytes" in text
    assert "Bytes without a row: 0" in text  # it is too young


def test_programs_read_all_of_it(disk: MediaStorage) -> None:
    asset = AssetFactory.create()
    found = told("--sweep")
    assert found["findings"] == {"orphan": 0, "missing": 1, "damaged": 0}
    assert found["found"][0]["key"] == asset.key
    assert found["found"][0]["asset_id"] == str(asset.pk)
    kinds = {row["kind"]: row for row in found["kinds"]}
    assert kinds["originals"] == {
        "kind": "originals",
        "label": "Originals",
        "files": 0,
        "bytes": 0,
        "percent": 0.0,
    }


def test_a_scrub_reads_everything_at_once(disk: MediaStorage) -> None:
    asset = AssetFactory.create(sha256="0" * 64)
    put(asset.key)
    assert "Other bytes than those that arrived: 1" in said("--scrub")


def test_deleting_needs_a_yes(disk: MediaStorage) -> None:
    key = f"originals/{uuid7()}.wav"
    put(key, "readme.txt")
    sweep_tomorrow()
    seen_a_day_ago()
    assert "Would delete 1 files, 5" in said("--delete-orphans")
    assert disk.exists(key)
    assert "Deleted 1 files, 5" in said("--delete-orphans", "--yes")
    assert list(disk.list("")) == ["readme.txt"]


def test_a_yes_alone_is_a_mistake(disk: MediaStorage) -> None:
    with pytest.raises(CommandError, match="belongs to --delete-orphans"):
        said("--yes")

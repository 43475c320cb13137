"""Rows without bytes are found; what comes or goes during a sweep is not among them."""

from pathlib import Path
from typing import Any

import pytest

from media_pipeline.assets.services.removal import remove_asset
from media_pipeline.audit import selectors
from media_pipeline.audit.services.listing import Listing
from media_pipeline.audit.services.sweep import sweep
from media_pipeline.models import Asset, Rendition, StorageFinding
from media_pipeline.storage import MediaStorage
from tests.depth import depth
from tests.factories.media_pipeline import AssetFactory, finish
from tests.media_pipeline.audit.days import found, put

pytestmark = pytest.mark.django_db


def whole() -> tuple[Asset, list[str]]:
    """Return a published piece, and every key that must be there for it."""
    asset = finish(AssetFactory.create())
    keys = sorted(selectors.expected([asset.pk]))
    put(*keys)
    return asset, keys


def test_a_whole_piece_needs_twelve_files(storage: MediaStorage) -> None:
    asset, keys = whole()
    assert len(keys) == 12
    assert {asset.key, f"transcodes/{asset.pk}/a1/mp3_320.mp3"} < set(keys)
    assert sweep().missing == 0


def test_each_file_that_is_gone_is_missed(storage: MediaStorage) -> None:
    asset, keys = whole()
    for key in keys:
        storage.delete(key)
    assert sweep().missing == len(keys)
    assert found("missing") == set(keys)
    assert set(StorageFinding.objects.values_list("asset_id", flat=True)) == {asset.pk}
    put(*keys)  # brought back
    sweep()
    assert found("missing") == set()


def test_what_is_not_published_needs_only_its_original(disk: MediaStorage) -> None:
    asset, keys = whole()
    Asset.objects.filter(pk=asset.pk).update(ready_at=None)
    Rendition.objects.update(status=Rendition.Status.GROWING)
    for key in keys:
        disk.delete(key)
    sweep()
    assert found("missing") == {asset.key}


@pytest.mark.parametrize(("mime", "ending"), [("image/jpeg", "jpg"), ("video/mp4", "mp4")])
def test_a_visual_must_be_there(disk: MediaStorage, mime: str, ending: str) -> None:
    asset = AssetFactory.create(mime=mime, ready_at="2026-01-01T00:00:00Z")
    put(asset.key)
    sweep()
    assert found("missing") == {f"visuals/{asset.pk}.{ending}"}


def test_a_shared_original_is_missed_once(disk: MediaStorage) -> None:
    first = AssetFactory.create()
    AssetFactory.create(key=first.key)
    sweep()
    assert found("missing") == {first.key}


def test_what_is_written_after_the_listing_is_there(disk: MediaStorage) -> None:
    def on_progress(stage: str, done: int, _total: int) -> None:
        if stage == "comparing" and not done:
            whole()

    put(AssetFactory.create().key)
    assert sweep(on_progress).missing == 0


def test_a_piece_that_is_removed_meanwhile_misses_nothing(disk: MediaStorage) -> None:
    asset, keys = whole()
    removed: list[object] = []

    def on_progress(stage: str, _done: int, _total: int) -> None:
        if stage == "comparing" and not removed:  # its rows were read, and go now
            removed.append(remove_asset(asset))

    for key in keys:  # as if they had gone just before they were listed
        disk.delete(key)
    assert sweep(on_progress).missing == 0
    assert removed


def test_a_listing_lies_on_the_disk_and_leaves_nothing(settings: Any, tmp_path: Path) -> None:
    settings.NEXUS_WORK_DIR = tmp_path / "work"
    count = depth(some=20_000, all_of_them=2_000_000)
    with Listing() as listing:
        listing.add(f"transcodes/{n}/a/segment_000.m4s" for n in range(count))
        listing.add(["transcodes/0/a/segment_000.m4s"])
        assert not list((tmp_path / "work").iterdir())
        asked = [f"transcodes/{n}/a/segment_000.m4s" for n in (0, count - 1, count)]
        assert listing.without([*asked, "x"]) == {asked[2], "x"}
        assert listing.without([]) == set()
    assert not list((tmp_path / "work").iterdir())

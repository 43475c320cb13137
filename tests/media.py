"""Pieces that were processed once, and are linked wherever a test wants them.

What is kept is found by the file's bytes, the kinds of work, the code of the pipeline and FFmpeg's
version, so a change of any of them processes anew. Tests of the pipeline itself never come here.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import serializers

from config.embedded import state_dir
from config.lib.ids import uuid7
from media_pipeline import ffmpeg
from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.running import run_job
from media_pipeline.models import Asset, Job, Media
from media_pipeline.storage import get_storage
from tests.factories.media_pipeline import AssetFactory
from tests.factories.social import UserFactory

MARK = "00000000-aaaa-7aaa-aaaa-aaaaaaaaaaaa"  # stands for the asset's id in what is kept


def processed(path: Path, kinds: Iterable[str]) -> Asset:
    """Return an asset of this file, on which jobs of these kinds have succeeded."""
    place = _folder() / _name(path, list(kinds))
    if not place.is_dir():
        asset = _process(path, kinds)
        _keep(asset, place)
        return asset
    return _restore(place)


def arrived(path: Path) -> Asset:
    """Return an asset of this file, on which nothing was done yet."""
    asset_id = uuid7()
    key = f"originals/{asset_id}{path.suffix}"
    get_storage().write_file(key, path, content_type="application/octet-stream")
    asset: Asset = AssetFactory.create(
        id=asset_id, key=key, filename=path.name, size_bytes=path.stat().st_size
    )
    return asset


def _process(path: Path, kinds: Iterable[str]) -> Asset:
    asset = arrived(path)
    for kind in kinds:
        job = jobs.enqueue(kind=kind, asset=asset)
        run_job(job.pk)
        job.refresh_from_db()
        assert job.state == "succeeded", job.error
    asset.refresh_from_db()
    return asset


@cache
def _folder() -> Path:
    """Return where pieces of these recipes are kept; those of earlier ones go."""
    folder = state_dir().parent / "test-media" / _recipes()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder


def _name(path: Path, kinds: list[str]) -> str:
    digest = hashlib.sha256(path.read_bytes())
    digest.update(json.dumps([path.name, kinds]).encode())
    return digest.hexdigest()


@cache
def _recipes() -> str:
    """Return a hash of everything that decides what is made of a file."""
    pipeline = Path(settings.BASE_DIR) / "media_pipeline"
    digest = hashlib.sha256(repr(ffmpeg.binary()).encode())
    for source in sorted(pipeline.rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _keep(asset: Asset, place: Path) -> None:
    """Keep rows and files; of two processes that make the same at once, one wins."""
    draft = Path(tempfile.mkdtemp(dir=place.parent))
    text = serializers.serialize("json", [asset, *_rows_of(asset)])
    (draft / "rows.json").write_text(text.replace(str(asset.pk), MARK))
    root = _root()
    for source in sorted(root.rglob(f"*{asset.pk}*")):
        for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if file.is_file():
                inside = str(file.relative_to(root)).replace(str(asset.pk), MARK)
                _link(file, draft / "files" / inside)
    try:
        draft.rename(place)
    except OSError:
        shutil.rmtree(draft)


def _restore(place: Path) -> Asset:
    asset_id = str(uuid7())
    rows = list(
        serializers.deserialize("json", (place / "rows.json").read_text().replace(MARK, asset_id))
    )
    files = place / "files"
    for file in sorted(files.rglob("*")):
        if file.is_file():
            inside = str(file.relative_to(files)).replace(MARK, asset_id)
            _link(file, _root() / inside)
    owner = UserFactory.create()
    for row in rows:
        one: Any = row.object
        if isinstance(one, Asset):
            one.owner = owner
        else:
            one.pk = uuid7() if isinstance(one, Job) else None
        one.save(force_insert=True)
    return Asset.objects.get(pk=asset_id)


def _rows_of(asset: Asset) -> list[Any]:
    """Return what the pipeline has written about the asset."""
    kinds = [
        relation.related_model
        for relation in Asset._meta.related_objects
        if relation.related_model._meta.app_label == "media_pipeline"
    ]
    return [
        row
        for kind in kinds
        if kind is not Media
        for row in kind._default_manager.filter(asset=asset).order_by("pk")
    ]


def _root() -> Path:
    root = get_storage().root
    assert root is not None, "the tests keep their music on the disk"
    return root


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(source, target)

"""The drill with many pieces: a few in `make test`, a thousand in `make test-deep`."""

import pytest

from media_pipeline.backups import drills, formats, services
from media_pipeline.backups.targets import Target
from media_pipeline.models import Asset, Backup
from media_pipeline.storage import get_storage
from tests.depth import depth
from tests.factories.media_pipeline import MediaFactory
from tests.media_pipeline.backups.conftest import back_up

FILES = 12  # of each piece


@pytest.mark.long("a thousand pieces, in test-deep")
def test_a_drill_brings_every_piece_back(target: Target) -> None:
    count, storage = depth(some=40, all_of_them=1000), get_storage()
    for number in range(count):
        asset = MediaFactory().asset
        storage.write(asset.key, f"original {number}".encode() * 50, content_type="audio/wav")
        for part in range(FILES - 1):
            key = f"{asset.prefix_of('main1')}/opus/segment_{part:03}.m4s"
            storage.write(key, f"{number} {part}".encode() * 400, content_type="video/mp4")
    found = back_up(target)
    assert found.rows["media_pipeline_asset"] == Asset.objects.count() == count + 1
    assert found.files >= count * FILES
    before = {stat.key: stat.stamp for stat in target.stats(formats.BLOBS)}
    again = back_up(target)
    assert {stat.key: stat.stamp for stat in target.stats(formats.BLOBS)} == before
    run = services.begin(Backup.Kind.DRILL, target, again.name)
    assert drills.drill(run, target).rows == again.rows

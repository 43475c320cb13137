"""Stems of a version."""

import factory

from media_pipeline.models import Asset
from tests.factories.media_pipeline import AssetFactory, MediaFactory, finish
from tracks.models import Stem, TrackVersion


class StemFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """A stem that has just arrived; `version` must be given."""

    class Meta:
        model = Stem

    media = factory.SubFactory(MediaFactory)
    role = Stem.Role.DRUM
    title = "Drums"
    position = factory.Sequence(lambda n: n + 1)
    created_by = factory.SelfAttribute("version.track.owner")


def ready_stem(version: TrackVersion, **fields: object) -> Stem:
    """Add a stem that can be played; an `asset` of one's own may be given."""
    asset = fields.pop("asset", None)
    if not isinstance(asset, Asset):
        asset = finish(AssetFactory.create(owner=version.track.owner))
    stem: Stem = StemFactory.create(version=version, media=MediaFactory(asset=asset), **fields)
    return stem

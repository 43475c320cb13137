"""Files that made-up pieces have, each with a descriptor of its own, so that they sound apart.

There is nothing behind them: they do not play, and the count of the storage finds them missing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Index

from config.lib.ids import uuid7
from media_pipeline.models import Asset, AudioFacts, Descriptor
from media_pipeline.steps.descriptor import SIZE, VERSION
from tracks.synthetic.copying import Table

STYLES = 400  # places around which sounds lie, as those of genres do
SPREAD = 0.7  # of a sound about its place, whose own length is 1
DIGITS = 4  # a halfvec has three and a half


class Sounds:
    """Makes files that are like one that was processed, but for their descriptors."""

    def __init__(self, asset: Asset) -> None:
        self.asset = asset
        facts: Any = getattr(asset, "facts")  # noqa: B009
        told = ("duration_ms", "sample_rate", "channels", "container", "codec", "measured")
        self.facts = tuple(getattr(facts, name) for name in told)
        self.styles = np.random.default_rng(1).normal(size=(STYLES, SIZE)) / np.sqrt(SIZE)
        self.files = Table(
            Asset, ("id", "owner_id", "key", "filename", "size_bytes", "mime", "playable_at")
        )
        self.told = Table(AudioFacts, ("asset_id", *told))
        self.vectors = Table(Descriptor, ("asset_id", "vector", "version"))

    def make(self, owner: UUID) -> UUID:
        """Return the id of a new file of this person."""
        pk, asset = uuid7(), self.asset
        row = (pk, owner, f"originals/{pk.hex}", asset.filename, asset.size_bytes, asset.mime)
        self.files.rows.append((*row, asset.playable_at))
        self.told.rows.append((pk, *self.facts))
        self.vectors.rows.append((pk, "", VERSION))
        return pk

    def copy(self, cursor: Any, seed: int) -> None:
        """Write all that were made since, with the same descriptors for the same `seed`."""
        chance = np.random.default_rng(seed)
        count = len(self.vectors.rows)
        # Some styles are in every second piece, most are rare.
        style = np.minimum(chance.zipf(1.3, count) - 1, STYLES - 1)
        apart = chance.normal(size=(count, SIZE)) * SPREAD / np.sqrt(SIZE)
        places = self.styles[style] + apart
        places /= np.linalg.norm(places, axis=1, keepdims=True)
        self.vectors.rows = [
            (pk, f"[{','.join(map(str, place))}]", version)
            for (pk, _, version), place in zip(
                self.vectors.rows, places.round(DIGITS).tolist(), strict=True
            )
        ]
        for table in (self.files, self.told, self.vectors):
            table.copy(cursor)


@contextmanager
def index_made_afterwards() -> Iterator[None]:
    """Take the index of descriptors away, and make it at the end: four times as quick."""
    index: Index = Descriptor._meta.indexes[0]
    with connection.schema_editor() as editor:
        editor.execute(f'DROP INDEX IF EXISTS "{index.name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '1GB'")
        with connection.schema_editor() as editor:
            editor.add_index(Descriptor, index)
        with connection.cursor() as cursor:
            cursor.execute("RESET maintenance_work_mem")

"""The saves of a piece in an archive: they come in their order, and can be undone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from social.models import User
from tests.factories.archives import repacked
from tests.factories.social import UserFactory
from tests.social.exports.spoiling import edited
from tests.social.exports.test_importing import import_archive
from tests.social.exports.test_importing_the_rest import WORDS, read_of
from tracks.catalogue.services import editing, revisions
from tracks.models import Revision, Track

pytestmark = pytest.mark.django_db(transaction=True)
ArchiveOf = Callable[[User], Path]


@pytest.fixture
def eve(db: None) -> User:
    """Somebody who has nothing yet."""
    person: User = UserFactory.create(handle="eve")
    return person


def test_the_saves_of_a_piece_come_along_and_can_be_undone(
    ada: User, eve: User, archive_of: ArchiveOf
) -> None:
    there = Track.objects.get(owner=ada)
    editing.edit(track=there, by=ada, title="Dusk", is_explicit=True)
    editing.edit(track=there, by=ada, title="Night")
    revisions.undo(revision=Revision.objects.filter(track=there).first(), by=ada)  # type: ignore[arg-type]
    path = archive_of(ada)
    assert "saves of what was said of pieces: 4 made" in import_archive(path, *WORDS)
    here = Track.objects.get(owner=eve)

    def told(track: Track) -> list[Any]:
        rows = Revision.objects.filter(track=track)  # newest first
        return [(r.before, r.after, r.created_at, r.undoes and r.undoes.after) for r in rows]

    assert told(here) == told(there)
    assert {row.by for row in here.revisions.all()} == {eve}
    client = Client()
    client.force_login(eve)
    assert "Dusk" in client.get(f"/tracks/{here.slug}/history/").text
    revisions.undo(revision=Revision.objects.filter(track=here).first(), by=eve)  # type: ignore[arg-type]
    here.refresh_from_db()
    assert here.title == "Night"
    assert Revision.objects.filter(track=here).first().after == {"title": "Night"}  # type: ignore[union-attr]
    assert "0 made, 4 here already" in import_archive(path, *WORDS)
    assert Revision.objects.filter(track=here).count() == 5


UNFIT: list[dict[str, Any]] = [
    {"owner": "x"},
    {"title": ["a"]},
    {"title": "x" * 201},
    {"title": "  "},
    {"is_explicit": "yes"},
    {"visibility": "everybody"},
    {"licence": {"a": 1}},
    {"release_at": "tomorrow"},
    {"isrc": "no code"},
    {"lyrics": 5},
    {"description_md": "x" * 20_001},
]


def test_a_save_written_by_hand_brings_nothing_that_could_not_be_said(
    ada: User, eve: User, archive_of: ArchiveOf, tmp_path: Path
) -> None:
    def spoil(rows: list[dict[str, Any]]) -> None:
        good, fine = rows[0], {"title": "Fine"}
        rows[:] = [
            good | {"id": str(uuid4()), "before": words, "after": words}
            for words in [*UNFIT, fine | {"owner": "x"}]
        ]

    source = archive_of(ada)
    changed = edited(spoil)(read_of(source, "data/revisions.json"))
    path = repacked(source, tmp_path / "odd.zip", {"data/revisions.json": changed})
    assert f"saves ({len(UNFIT)}): they say nothing" in import_archive(path, *WORDS)
    assert Revision.objects.get(track__owner=eve).after == {"title": "Fine"}

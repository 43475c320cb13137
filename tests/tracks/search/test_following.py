"""After any deed the documents are those that would be made of everything anew."""

from typing import Any

import pytest

from tests.indexing import index
from tests.tracks.search.deeds import DEEDS, THERE_AND_BACK, Scene
from tracks.models import ChangedThing, Document
from tracks.search.services import indexing
from tracks.tags.services import counting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_is_found_by_nothing_that_was_said_of_it(deed: str) -> None:
    scene = Scene()
    index()
    before = documents()
    DEEDS[deed](scene)
    counting.recount_all()
    indexing.work_off()
    assert not ChangedThing.objects.exists()
    now = documents()
    index()
    assert now == documents()
    assert (now == before) == (deed in THERE_AND_BACK)


def documents() -> dict[tuple[str, str], Any]:
    """Return all that documents say, by their kinds and titles."""
    columns = ("title_key", "standing", "names", "words", "bpm", "seconds", "day")
    rows = Document.objects.values_list("kind", *columns)
    return {row[:2]: row[2:] for row in rows}

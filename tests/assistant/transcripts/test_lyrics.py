"""Lyrics without times get those of what was heard."""

import pytest

from assistant.transcripts.passages import row_of
from assistant.transcripts.services.lyrics import give_times, timed
from config.lib.problems import Problem
from tests.factories.assistant import transcribe
from tests.factories.tracks import PublicTrackFactory
from tracks.catalogue.services.editing import edit
from tracks.lyrics.services import text_of

HEARD = [
    row_of(10_000, 14_000, "the river runs below the town"),
    row_of(20_000, 24_000, "and nobody knows my name"),
    row_of(30_000, 34_000, "the river runs below the hill"),
]
LINES = [
    "[Verse]",
    "The river runs beyond the town,",
    "and nobody knew my name",
    "la la",
    "The river runs below the hill.",
]


def test_each_line_has_the_time_at_which_it_is_heard() -> None:
    assert timed(LINES, HEARD) == [8_000, 10_000, 20_000, 25_000, 30_000]


def test_another_text_has_none() -> None:
    assert timed(["Something else altogether", "that is not heard"], HEARD) is None
    assert timed(LINES, []) is None
    assert timed(["word"] * 4_000, HEARD) is None


@pytest.mark.django_db
def test_an_owner_gives_the_lyrics_times() -> None:
    track = PublicTrackFactory.create()
    transcribe(track.primary_version, segments=list(HEARD))
    with pytest.raises(Problem):
        give_times(version=track.primary_version, by=track.owner)
    edit(track=track, by=track.owner, lyrics="\n\n".join(LINES))
    give_times(version=track.primary_version, by=track.owner)
    assert "[00:10.00]The river runs beyond the town," in text_of(track)

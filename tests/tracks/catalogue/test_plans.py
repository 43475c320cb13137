"""Lists take a few pieces out of a large library without reading it whole."""

import re
from typing import Any

import pytest
from django.db import connection

from tests.factories.moderation import decide
from tests.factories.tracks import PublicTrackFactory, ReleaseFactory
from tracks import cards
from tracks.catalogue import selectors
from tracks.collections.closed import with_owners_of_closed
from tracks.models import Release, Track

pytestmark = pytest.mark.django_db
MANY = 5_000


@pytest.fixture
def library() -> list[Track]:
    """A few pieces, and statistics as those of a large library."""
    tracks = PublicTrackFactory.create_batch(3)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tracks_track SELECT (jsonb_populate_record(t, jsonb_build_object("
            "'id', gen_random_uuid(), 'slug', 's' || n, 'token', 't' || n))).*"
            " FROM tracks_track t, generate_series(1, %s) n WHERE t.id = %s",
            [MANY, tracks[0].pk],
        )
        cursor.execute("ANALYZE tracks_track")
    return tracks


def plan_of(query: Any) -> str:
    sql, params = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_those_of_given_keys_are_found_by_their_index(library: list[Track]) -> None:
    keys = [track.pk for track in library]
    plan = plan_of(cards.these(keys))
    assert "Seq Scan on tracks_track " not in plan
    assert [track.pk for _, track in cards.listed(keys)] == keys


def test_the_newest_are_found_by_their_order(library: list[Track]) -> None:
    plan = plan_of(cards.dressed_by(selectors.newest_keys()))
    assert "Seq Scan on tracks_track " not in plan
    assert "track_public_newest" in plan


def test_what_is_limited_with_a_release_is_collected_once(library: list[Track]) -> None:
    release = ReleaseFactory.create(owner=library[0].owner, visibility="public")
    release.items.create(track=library[0], position=1)
    decide(release, "limit", "release")
    plan = plan_of(cards.dressed_by(selectors.newest_keys()))
    assert "Seq Scan on tracks_track " not in plan
    assert "track_public_newest" in plan
    before, _, behind = plan.partition("tracks_releasetrack piece")
    assert re.findall(r"(InitPlan|SubPlan) \d", before)[-1] == "InitPlan"
    assert "tracks_releasetrack piece" not in behind
    assert library[0] not in Track.objects.filter(pk__in=selectors.newest_keys())


def hashed_in(plan: str) -> list[str]:
    """Return what each hashed SubPlan of a plan reads."""
    lines, blocks = plan.splitlines(), {}
    for at, line in enumerate(lines):
        if found := re.fullmatch(r"( +)SubPlan (\d+)", line):
            rest, deeper = lines[at + 1 :], found[1] + " "
            end = next((n for n, one in enumerate(rest) if not one.startswith(deeper)), len(rest))
            blocks[found[2]] = "\n".join(rest[:end])
    return [blocks[number] for number in re.findall(r"hashed SubPlan (\d+)", plan)]


def test_what_is_closed_on_a_release_is_looked_up_piece_by_piece(library: list[Track]) -> None:
    plan = plan_of(with_owners_of_closed("release", Release.objects.filter(slug="evening")))
    assert "tracks_track" in plan
    assert hashed_in(plan) == []  # as one of all that is open would be

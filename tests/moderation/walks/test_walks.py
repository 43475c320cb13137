"""Before a decision and after it, every surface is asked as a visitor asks it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from moderation.decisions import services as decisions
from moderation.desk import services as desk
from moderation.models import Case, Decision, Walk
from moderation.walks.services import walk
from tests.factories.moderation import REASONS, decide, make_case, make_report, moderator
from tests.factories.releases import filled
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.indexing import index
from tests.jobs import do_jobs
from tracks.models import Track

pytestmark = pytest.mark.django_db
SURFACES = {"page", "embed", "api", "feed", "search", "latest", "media", "versions"}


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def shown(found: Walk) -> dict[str, bool]:
    return {one["name"]: one["shown"] for one in found.surfaces}


def test_every_surface_closes_and_opens_again(music: Any) -> None:
    track = PublicTrackFactory.create(title="Loud piece")
    case = make_case(track)
    index()
    before = walk(case=case)
    assert set(shown(before)) == SURFACES
    assert [name for name, is_shown in shown(before).items() if not is_shown] in ([], ["media"])
    made = decide(track, "hide", "track")
    index()
    closed = walk(case=case, decision=made)
    assert [name for name, is_shown in shown(closed).items() if is_shown] == []
    assert {
        one["status"] for one in closed.surfaces if one["name"] in {"page", "embed", "api"}
    } == {404}
    decisions.restore(decision=made, by=moderator(), facts="No.")
    index()
    opened = shown(walk(case=case, decision=made))
    assert all(is_shown for name, is_shown in opened.items() if name != "media")
    assert all(one["at"] and one["ms"] >= 0 for one in opened and closed.surfaces)


def test_the_primary_version_takes_its_track_along() -> None:
    track = PublicTrackFactory.create()
    case = make_report(track.primary_version, "version").case
    assert shown(walk(case=case))["versions"]
    made = decide(track.primary_version, "hide", "version")
    closed = shown(walk(case=case, decision=made))
    assert not any(closed.values())


def test_what_was_seen_just_before_is_looked_at_by_the_desk_itself() -> None:
    track = PublicTrackFactory.create(title="Loud piece")
    release = filled(1, owner=track.owner)[0]
    place = release.items.get()
    case, by = make_case(place.track), moderator()
    words: dict[str, Any] = {"kind": "hide", "scope": "track", "row": place.track}
    desk.decide(case=case, by=by, statement=REASONS, **words)
    before = case.walks.get()
    assert before.decision is None
    assert shown(before)["page"]
    assert shown(before)["release feed"]
    do_jobs()
    after = case.walks.order_by("-pk")[0]
    assert after.decision
    assert not any(shown(after).values())


@pytest.mark.parametrize(
    ("scope", "factory"), [("release", ReleaseFactory), ("playlist", PlaylistFactory)]
)
def test_lists_and_people_are_walked_beside_their_page(scope: str, factory: Any) -> None:
    row = factory.create(visibility="public", title="Grey list")
    index()
    case = make_case(row, scope)
    assert shown(walk(case=case)) == dict.fromkeys(("page", "feed", "embed", "search"), True)
    made = decide(row, "limit", scope)
    found = shown(walk(case=case, decision=made))
    assert found == {"page": True, "feed": True, "embed": True, "search": False}
    person = shown(walk(case=make_case(row.owner, "person")))
    assert set(person) == {"page", "feed", "search"}


def test_jobs_walk_when_it_is_reported_and_when_it_is_decided() -> None:
    playlist = PlaylistFactory.create(visibility="public")
    case = make_case(playlist, "playlist")
    do_jobs()
    assert [one.decision for one in case.walks.all()] == [None]
    made = decide(playlist, "hide", "playlist")
    do_jobs()
    last = case.walks.order_by("-pk")[0]
    assert last.decision == made
    assert not any(one["shown"] for one in last.surfaces)
    assert last.surfaces[0]["status"] == 404
    assert Case.objects.count() == 1


def decide_at_the_desk(track: Track) -> Decision:
    words: dict[str, Any] = {"kind": "hide", "scope": "track", "row": track, "statement": REASONS}
    return desk.decide(case=make_case(track), by=moderator(), **words)


def test_what_its_surfaces_set_for_themselves_does_not_bind_the_decision() -> None:
    """Search lets its queries take two seconds: what waits for a lock may wait for longer."""

    def bounds() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('statement_timeout'),"
                " current_setting('max_parallel_workers_per_gather')"
            )
            return cursor.fetchone()

    track, before = PublicTrackFactory.create(), bounds()
    made = decide_at_the_desk(track)
    assert bounds() == before
    (walked,) = Walk.objects.filter(case=made.case, decision=None)
    assert any(one["name"] == "search" for one in walked.surfaces)


def test_a_surface_that_breaks_in_the_database_keeps_nobody_from_deciding() -> None:
    track = PublicTrackFactory.create()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tracks_lyrics RENAME TO tracks_lyrics_away")
    made = decide_at_the_desk(track)
    assert Decision.objects.in_force().get() == made

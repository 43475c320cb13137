"""What is near is found, and only among what one may open."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from media_pipeline.models import Asset, Descriptor
from media_pipeline.steps.descriptor import SIZE, VERSION
from tests.factories.moderation import decide
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory
from tests.tracks.alike.sounds import PLACES, at, describe, many, sounding
from tracks.alike.selectors import WALK, between, in_harmony, path, seed_of, similar
from tracks.models import Track

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def titles(found: list[Any]) -> list[str]:
    return [Track.everything.get(pk=near.track).title for near in found]


def test_the_nearest_come_first_and_the_piece_itself_does_not() -> None:
    seed = sounding(at(0))
    for title, degrees in (("third", 70), ("first", 10), ("second", -40)):
        sounding(at(degrees), title=title)
    found = similar(seed_of(seed), NOBODY, count=10)
    assert titles(found) == ["first", "second", "third"]
    wanted = [1 - np.cos(np.radians(turn)) for turn in (10, 40, 70)]
    assert [near.distance for near in found] == pytest.approx(wanted, abs=2e-3)
    assert titles(similar(seed_of(seed), NOBODY, count=2)) == ["first", "second"]
    but = [found[0].track]
    assert titles(similar(seed_of(seed), NOBODY, count=2, but=but)) == ["second", "third"]


def test_only_what_the_viewer_may_open_is_found() -> None:
    owner, seed = UserFactory.create(), sounding(at(0))
    sounding(at(1), ReadyTrackFactory, title="private", owner=owner)
    sounding(at(2), UnlistedTrackFactory, title="unlisted", owner=owner)
    sounding(at(3), title="deleted", owner=owner, deleted_at=timezone.now())
    sounding(at(4), title="to come", owner=owner, published_at=None, release_at=_tomorrow())
    sounding(at(5), title="public", owner=owner)
    assert titles(similar(seed_of(seed), NOBODY, count=9)) == ["public"]
    assert titles(similar(seed_of(seed), UserFactory.create(), count=9)) == ["public"]
    own = titles(similar(seed_of(seed), owner, count=9))
    assert own == ["private", "unlisted", "to come", "public"]


def test_what_cannot_be_heard_or_compared_is_not_found() -> None:
    seed = sounding(at(0))
    unheard = sounding(at(1), title="not playable")
    Asset.objects.filter(media__version__track=unheard).update(playable_at=None)
    sounding(None, title="silence")
    PublicTrackFactory.create(title="not described")
    old = sounding(at(2), title="of another version")
    Descriptor.objects.filter(asset__media__version__track=old).update(version=VERSION + 1)
    assert similar(seed_of(seed), NOBODY, count=9) == []
    for blank in (old, unheard, PublicTrackFactory.create(), sounding(None)):
        assert titles(similar(seed_of(blank), NOBODY, count=9)) in ([], [seed.title])
    assert similar(seed_of(old), NOBODY, count=9) == []


def test_of_one_file_there_is_one_track_and_none_of_the_seeds() -> None:
    seed, other = sounding(at(0)), sounding(at(20), title="one")
    for original in (seed, other):
        same: Any = PublicTrackFactory.create(title="the same file")
        describe(same, at(20))
        key = original.primary_version.media.asset.key
        Asset.objects.filter(media__version__track=same).update(key=key)
    assert len(similar(seed_of(seed), NOBODY, count=9)) == 1


def test_filters_never_starve_the_walk_through_the_index() -> None:
    """300 nearer ones that nobody may open are walked past: 40 are looked at without it."""
    many(300)
    seed = sounding(at(0))
    for n in range(5):
        sounding(at(90 + n))
    with connection.cursor() as cursor:
        for name in ("enable_seqscan", "enable_sort", "enable_bitmapscan"):
            cursor.execute(f"SET LOCAL {name} = off")
    assert len(similar(seed_of(seed), NOBODY, count=5)) == 5
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(WALK, "hnsw.iterative_scan", "off")
        assert similar(seed_of(seed), NOBODY, count=5) == [], "or the index was not walked"


@pytest.mark.parametrize("who", ["visitor", "somebody"])
@pytest.mark.parametrize("by", ["sound", "harmony"])
def test_the_index_is_walked_and_no_table_is_read_whole(who: str, by: str) -> None:
    many(1200, visibility="public", published_at=timezone.now(), bpm=Decimal(120), music_key="Am")
    seed = seed_of(sounding(at(0), bpm=Decimal(120), music_key="Am"))
    viewer = NOBODY if who == "visitor" else UserFactory.create()
    for track in Track.objects.order_by("?")[:20]:
        decide(track, "hide")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        found = (similar if by == "sound" else in_harmony)(seed, viewer, count=12)
    assert len(found) == 12
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + asked[-1]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "descriptor_by_cosine" in plan, plan
    for table in ("tracks_track", "tracks_trackversion", "media_pipeline_"):
        assert f"Seq Scan on {table}" not in plan, plan


def test_real_recordings_have_their_own_encodings_next_to_them() -> None:
    """Halves of precision in the database, and a little noise, move nothing."""
    for name, place in PLACES.items():
        sounding(place, title=name)
    noise = np.random.default_rng(3)
    for name, place in PLACES.items():
        again = place + noise.normal(0, 0.01, SIZE)
        seed = sounding(again / np.linalg.norm(again), ReadyTrackFactory)
        assert titles(similar(seed_of(seed), NOBODY, count=3))[0] == name


def test_harmony_is_key_and_tempo_and_the_nearest_sound_comes_first() -> None:
    seed = sounding(at(0), bpm=Decimal(120), music_key="Am")
    sounding(at(30), title="near", bpm=Decimal(60), music_key="C")
    sounding(at(10), title="nearer", bpm=Decimal(126), music_key="Em")
    sounding(at(1), title="clashing", bpm=Decimal(120), music_key="Bb")
    sounding(at(2), title="too fast", bpm=Decimal(130), music_key="Am")
    sounding(at(3), title="unknown")
    sounding(at(4), ReadyTrackFactory, title="private", bpm=Decimal(120), music_key="Am")
    assert titles(in_harmony(seed_of(seed), NOBODY, count=9)) == ["nearer", "near"]
    blank = PublicTrackFactory.create(bpm=Decimal(124), music_key="Am")
    assert titles(in_harmony(seed_of(blank), NOBODY, count=2)) == ["nearer", seed.title]
    assert in_harmony(seed_of(sounding(at(0), bpm=Decimal(120))), NOBODY, count=9) == []


def test_a_path_leads_from_one_sound_to_another() -> None:
    start, end = sounding(at(0), title="start"), sounding(at(90), title="end")
    for degrees in range(10, 90, 10):
        sounding(at(degrees), title=str(degrees))
        sounding(at(degrees, off=30), title=f"{degrees} beside")
    sounding(at(45), ReadyTrackFactory, title="private")
    found = path(seed_of(start), seed_of(end), NOBODY, steps=8)
    assert titles(found) == ["10", "20", "30", "40", "50", "60", "70", "80", "end"]
    tenth = 1 - np.cos(np.radians(10))
    assert [near.distance for near in found] == pytest.approx([tenth] * 9, abs=2e-3)
    assert len(path(seed_of(start), seed_of(end), NOBODY, steps=1)) == 2


def test_a_step_that_can_be_mixed_is_preferred_to_one_a_little_nearer() -> None:
    start = sounding(at(0), bpm=Decimal(120), music_key="Am")
    end = sounding(at(90), title="end")
    sounding(at(45), title="nearer", bpm=Decimal(95), music_key="F#")
    sounding(at(45, off=20), title="in harmony", bpm=Decimal(122), music_key="Em")
    assert titles(path(seed_of(start), seed_of(end), NOBODY, steps=1)) == [
        "in harmony",
        "end",
    ]


def test_no_piece_stands_twice_on_a_path_and_few_pieces_make_a_short_one() -> None:
    start, end = sounding(at(0)), sounding(at(90))
    for degrees in (44, 45, 46):
        sounding(at(degrees))
    found = path(seed_of(start), seed_of(end), NOBODY, steps=6)
    assert len(found) == len({near.track for near in found}) == 4
    assert path(seed_of(start), seed_of(start), NOBODY, steps=2)
    assert path(seed_of(start), seed_of(PublicTrackFactory.create()), NOBODY, steps=2) == []


def test_places_between_are_equally_far_apart() -> None:
    one, other = PLACES["music/03-vibe-ace.ogg"], PLACES["speech/jfk.flac"]
    way = [one, *(place / np.linalg.norm(place) for place in between(one, other, 4)), other]
    steps = [float(a @ b) for a, b in pairwise(way)]
    assert steps == pytest.approx([steps[0]] * 5, abs=1e-3)
    assert between(one, one, 3) == [one] * 3
    assert all(np.isfinite(place).all() for place in between(one, -one, 5))


def test_each_is_found_in_few_queries(django_assert_num_queries: Any) -> None:
    start = sounding(at(0), bpm=Decimal(120), music_key="Am")
    end = sounding(at(90))
    for degrees in range(10, 90, 10):
        sounding(at(degrees), bpm=Decimal(120), music_key="Am")
    begun, ended = seed_of(start), seed_of(end)
    with django_assert_num_queries(1):
        seed_of(start)
    for ask in (
        lambda: similar(begun, NOBODY, count=5),
        lambda: in_harmony(begun, NOBODY, count=5),
        lambda: path(begun, ended, NOBODY, steps=6),
    ):
        with django_assert_num_queries(2):  # the walk's settings, and the tracks
            assert len(ask()) >= 5


def _tomorrow() -> Any:
    return timezone.now() + timedelta(days=1)

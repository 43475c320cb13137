"""The order of a release: discs from 1 without a gap, and each piece once."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from config.lib.problems import Problem
from tests.factories.releases import filled, order_of
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Release
from tracks.releases.services import ordering


def places(release: Release) -> list[tuple[int, str]]:
    return [(disc, title.removeprefix("No. ")) for disc, title in order_of(release)]


def item(release: Release, title: str) -> Any:
    return release.items.get(track__title=f"No. {title}")


@pytest.mark.django_db
def test_a_disc_begins_and_ends_where_one_says() -> None:
    release, _ = filled(4)
    by = release.owner
    ordering.split(release=release, item_id=item(release, "2").pk, by=by)
    assert places(release) == [(1, "0"), (1, "1"), (2, "2"), (2, "3")]
    ordering.split(release=release, item_id=item(release, "3").pk, by=by)
    assert places(release) == [(1, "0"), (1, "1"), (2, "2"), (3, "3")]
    ordering.split(release=release, item_id=item(release, "2").pk, by=by)
    assert places(release) == [(1, "0"), (1, "1"), (1, "2"), (2, "3")]
    assert ordering.split(release=release, item_id=item(release, "0").pk, by=by)
    assert not ordering.split(release=release, item_id=10**9, by=by)


@pytest.mark.django_db
def test_a_track_that_moves_joins_the_disc_it_comes_to() -> None:
    release, _ = filled(4)
    by = release.owner
    ordering.split(release=release, item_id=item(release, "2").pk, by=by)
    ordering.move(release=release, item_id=item(release, "0").pk, to=2, by=by)
    assert places(release) == [(1, "1"), (2, "2"), (2, "0"), (2, "3")]
    ordering.move(release=release, item_id=item(release, "1").pk, to=3, by=by)
    assert places(release) == [(1, "2"), (1, "0"), (1, "3"), (1, "1")]
    assert ordering.move(release=release, item_id=10**9, to=0, by=by) is None


@pytest.mark.django_db
def test_a_disc_that_loses_its_last_track_is_none() -> None:
    release, _ = filled(3)
    by = release.owner
    ordering.split(release=release, item_id=item(release, "1").pk, by=by)
    ordering.split(release=release, item_id=item(release, "2").pk, by=by)
    ordering.remove(release=release, item_id=item(release, "1").pk, by=by)
    assert places(release) == [(1, "0"), (2, "2")]


@pytest.mark.django_db
def test_a_whole_order_is_put_at_once() -> None:
    release, (zero, one, two) = filled(3)
    late: Any = PublicTrackFactory(owner=release.owner, title="No. 9")
    wanted = [(two.pk, 1), (late.pk, 4), (zero.pk, 4)]
    ordering.put(release=release, places=wanted, by=release.owner)
    assert places(release) == [(1, "2"), (2, "9"), (2, "0")]
    for wrong, type in (
        ([(zero.pk, 1), (zero.pk, 1)], "twice"),
        ([(uuid4(), 1)], "not-own"),
        ([(PublicTrackFactory.create().pk, 1)], "not-own"),
        ([(zero.pk, 2), (one.pk, 1)], "discs-mixed"),
    ):
        with pytest.raises(Problem) as refusal:
            ordering.put(release=release, places=wrong, by=release.owner)
        assert refusal.value.type == type
    assert places(release) == [(1, "2"), (2, "9"), (2, "0")]


@pytest.mark.django_db
def test_pages_split_and_rename(client: Client) -> None:
    release, _ = filled(2)
    client.force_login(release.owner)
    second = item(release, "1")
    base = f"/releases/{release.slug}/tracks/{second.pk}"
    assert client.post(f"{base}/disc/")["Location"].endswith("/edit/#tracks")
    assert places(release) == [(1, "0"), (2, "1")]
    client.post(f"{base}/title/", {"title": "  A\nnew one "})
    second.track.refresh_from_db()
    assert second.track.title == "A new one"
    script = {"X-Requested-With": "fetch"}
    assert client.post(f"{base}/title/", {"title": " "}, headers=script).status_code == 400
    page = Client().get(release.get_absolute_url()).text
    assert "Disc 1" in page
    assert "Disc 2" in page
    gone = client.post(f"/releases/{release.slug}/tracks/999999/disc/", headers=script)
    assert gone.status_code == 404


class WhateverIsMoved(TestCase):  # type: ignore[misc]
    @how(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from("mds"), st.integers(0, 5), st.integers(0, 6))))
    def test_discs_stay_in_order(self, deeds: list[tuple[str, int, int]]) -> None:
        release, _ = filled(6)
        by = release.owner
        for deed, which, to in deeds:
            found = item(release, str(which))
            if deed == "m":
                ordering.move(release=release, item_id=found.pk, to=to, by=by)
            else:
                ordering.split(release=release, item_id=found.pk, by=by)
        discs = [disc for disc, _ in places(release)]
        assert discs == sorted(discs)
        assert set(discs) == set(range(1, max(discs) + 1))
        assert sorted(title for _, title in places(release)) == list("012345")
        assert [one.position for one in release.items.all()] == [1, 2, 3, 4, 5, 6]

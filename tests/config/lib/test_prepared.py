"""A prepared query answers as the query it was written from does."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Count
from django.utils import timezone

from config.lib.prepared import Prepared
from social.models import User
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db
STAND_IN = UUID(int=1)


def by_owner(owner: UUID) -> Any:
    tracks = Track.objects.filter(owner=owner, visibility="public")
    return tracks.select_related("owner").annotate(n=Count("versions")).order_by("title")[:2]


def test_it_returns_the_same_rows_with_their_joins_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    one, other = UserFactory.create(), UserFactory.create()
    for title in ("B", "A", "C"):
        PublicTrackFactory.create(owner=one, title=title)
    PublicTrackFactory.create(owner=other, title="D")
    query = Prepared(by_owner, owner=STAND_IN)
    for person in (one, other, one):
        with django_assert_num_queries(1):
            found = query.ask(owner=person.pk)
            names = [(row.title, row.owner.handle, row.n) for row in found]
        assert names == [(row.title, row.owner.handle, row.n) for row in by_owner(person.pk)]
    assert query.ask(owner=uuid4()) == []


def test_what_else_it_depends_on_writes_it_anew() -> None:
    UserFactory.create(handle="ada")
    wanted = ["ada"]
    query = Prepared(lambda: User.objects.filter(handle=wanted[0]), rules=lambda: tuple(wanted))
    assert [row.handle for row in query.ask()] == ["ada"]
    wanted[0] = "nobody"
    assert query.ask() == []


def test_a_moment_that_would_stay_is_refused() -> None:
    query = Prepared(lambda: User.objects.filter(date_joined__lt=timezone.now()))
    with pytest.raises(ValueError, match="moment"):
        query.ask()


def test_what_would_take_a_second_query_is_refused() -> None:
    query = Prepared(lambda: User.objects.prefetch_related("tracks"))
    with pytest.raises(ValueError, match="one query"):
        query.ask()


def test_a_value_it_does_not_ask_for_is_refused() -> None:
    with pytest.raises(ValueError, match="handle"):
        Prepared(lambda handle: User.objects.all(), handle="x").ask(handle="y")
    with pytest.raises(KeyError):
        Prepared(by_owner, owner=STAND_IN).ask()

"""Who may open a track: lists and single look-ups say the same."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories.social import UserFactory
from tests.factories.tracks import TrackFactory
from tracks import access
from tracks.models import Track


@pytest.fixture
def taken_down() -> Iterator[None]:
    """A rule of an upper room: what is called “banned” is closed to everybody."""
    rule = access.deny(lambda _user: Q(title="banned"))
    yield
    access._denials.remove(rule)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("visibility", "stranger_sees", "link_opens"),
    [("public", True, True), ("unlisted", False, True), ("private", False, False)],
)
def test_visibility_decides(visibility: str, stranger_sees: bool, link_opens: bool) -> None:
    track = TrackFactory(visibility=visibility)
    for person in (AnonymousUser(), UserFactory()):
        assert access.may_listen(track, person) is stranger_sees
        assert access.may_listen(track, person, holds_link=True) is link_opens
        assert Track.objects.visible_to(person).filter(pk=track.pk).exists() is stranger_sees
    assert access.may_listen(track, track.owner)


@pytest.mark.django_db
def test_a_denial_closes_every_way(taken_down: None) -> None:
    track = TrackFactory(visibility="unlisted", title="banned")
    assert not access.may_listen(track, track.owner)
    assert not access.may_listen(track, AnonymousUser(), holds_link=True)
    assert not Track.objects.opened_by_token(track.token, AnonymousUser()).exists()


@pytest.mark.django_db
def test_a_public_track_opens_on_its_day() -> None:
    track = TrackFactory(visibility="public", release_at=timezone.now() + timedelta(hours=1))
    assert not access.may_listen(track, AnonymousUser())
    Track.objects.update(release_at=timezone.now())
    assert access.may_listen(track, AnonymousUser())


class ListsAgreeWithLookUps(TestCase):
    """`visible_to` and `may_listen` come from one rule; here they are compared."""

    @hypothesis_settings(max_examples=15, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from(Track.Visibility.values), st.integers(-1, 1), st.booleans()),
            max_size=5,
        )
    )
    def test_they_agree(self, made: list[tuple[str, int, bool]]) -> None:
        viewer: Any = UserFactory()
        now = timezone.now()
        for visibility, hours, own in made:
            TrackFactory(
                visibility=visibility,
                release_at=now + timedelta(hours=hours) if hours else None,
                **({"owner": viewer} if own else {}),
            )
        for person in (viewer, AnonymousUser()):
            listed = set(Track.objects.visible_to(person))
            assert listed == {t for t in Track.objects.all() if access.may_listen(t, person)}

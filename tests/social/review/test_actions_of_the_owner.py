"""What only the artist decides is refused by the service itself, before anything is written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.lib.problems import Problem
from social.models import Approver, ReviewLink, User
from social.notes.services import files as note_files
from social.review.services import guests, reviewers
from social.review.services import links as review_links
from social.signoff import services as signoff
from tests.contracts.writing import writes_of
from tests.factories.review import ReviewLinkFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db
FILE = b"at,text\n0:01,Hm\n"

DEEDS: dict[str, Callable[[Track, User, User], Any]] = {
    "ask a reviewer": lambda t, by, who: reviewers.invite(track=t, by=by, user=who),
    "name an approver": lambda t, by, who: signoff.name_approver(track=t, by=by, user=who),
    "dismiss an approver": lambda t, by, who: signoff.dismiss_approver(track=t, by=by, user=who),
    "make a review link": lambda t, by, who: review_links.create(track=t, by=by),
    "bring notes in": lambda t, by, who: note_files.import_notes(track=t, by=by, data=FILE),
}


@pytest.mark.parametrize("action", DEEDS)
@pytest.mark.parametrize("who", ["stranger", "approver"])
def test_nobody_else_does_it(action: str, who: str) -> None:
    track, friend = PublicTrackFactory.create(), UserFactory.create()
    Approver.objects.create(track=track, user=friend, named_by=track.owner)
    by = friend if who == "approver" else UserFactory.create()
    with CaptureQueriesContext(connection) as asked, pytest.raises(Problem) as refusal:
        DEEDS[action](track, by, friend)
    assert (refusal.value.type, refusal.value.status) == ("not-the-owner", 403)
    assert writes_of(asked) == []


@pytest.mark.parametrize("ended", ["revoked_at", "expires_at", "password"])
def test_nobody_takes_a_name_behind_a_link_that_is_not_open_to_them(ended: str) -> None:
    link = ReviewLinkFactory.create()
    value: Any = "hashed" if ended == "password" else timezone.now()
    ReviewLink.objects.update(**{ended: value})
    with CaptureQueriesContext(connection) as asked, pytest.raises(Problem) as refusal:
        guests.enter(link=link, name="Ana", session={}, address="192.0.2.1")
    assert refusal.value.type == "link-ended"
    assert writes_of(asked) == []

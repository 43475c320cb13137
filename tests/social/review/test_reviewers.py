"""Whom the owner asks to review, and who may write."""

import pytest
from django.test import Client

from social.models import Notification, Reviewer, ReviewPolicy, User
from social.review.services import reviewers
from tests.factories import moderation as judges
from tests.factories.social import UserFactory
from tests.factories.tracks import ReadyTrackFactory
from tests.jobs import read_events
from tracks.models import Track

pytestmark = pytest.mark.django_db


@pytest.fixture
def track() -> Track:
    """A private track."""
    return ReadyTrackFactory()


@pytest.fixture
def owner(track: Track) -> Client:
    """The browser of its artist."""
    return as_(track.owner)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def desk(track: Track, more: str = "") -> str:
    return f"/tracks/{track.slug}/review/{more}"


@pytest.mark.parametrize("typed", ["ana", "@Ana", "  ANA "])
def test_who_is_asked_may_open_the_track_and_hears_of_it(
    track: Track, owner: Client, typed: str
) -> None:
    ana = UserFactory(handle="ana")
    assert as_(ana).get(track.get_absolute_url()).status_code == 404
    done = owner.post(desk(track, "reviewers/"), {"reviewer-handle": typed}, follow=True)
    assert "may open this piece" in done.content.decode()
    assert as_(ana).get(track.get_absolute_url()).status_code == 200
    read_events()
    assert Notification.objects.get(user=ana).kind == "invited"


def test_who_is_asked_no_longer_is_out_at_once(track: Track, owner: Client) -> None:
    ana = UserFactory(handle="ana")
    media = track.primary_version.media
    reviewers.invite(track=track, by=track.owner, user=ana)
    reviewers.invite(track=track, by=track.owner, user=ana)
    assert Reviewer.objects.count() == 1
    assert owner.post(desk(track, "reviewers/ana/remove/")).status_code == 302
    assert as_(ana).get(track.get_absolute_url()).status_code == 404
    epoch = media.epoch
    media.refresh_from_db()
    assert media.epoch == epoch + 1, "what was signed for them ends"
    assert owner.post(desk(track, "reviewers/ana/remove/")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("nobody", "Nobody here has this name."),
        ("", "This field is required."),
        ("\0", "Null characters are not allowed."),
    ],
)
def test_who_is_not_here_is_said_beside_the_field(
    track: Track, owner: Client, typed: str, sentence: str
) -> None:
    refused = owner.post(desk(track, "reviewers/"), {"reviewer-handle": typed})
    assert refused.status_code == 422
    assert sentence in refused.content.decode()


def test_banned_people_and_oneself_are_not_asked(track: Track, owner: Client) -> None:
    judges.banned(handle="troll")
    assert owner.post(desk(track, "reviewers/"), {"reviewer-handle": "troll"}).status_code == 422
    own = owner.post(desk(track, "reviewers/"), {"reviewer-handle": track.owner.handle})
    assert "This piece is yours" in own.content.decode()
    assert not Reviewer.objects.exists()


def test_the_policy_is_kept(track: Track, owner: Client) -> None:
    assert ReviewPolicy.objects.count() == 0
    owner.post(desk(track, "policy/"), {"who": "invited"})
    assert ReviewPolicy.objects.get(track=track).who == "invited"
    assert owner.post(desk(track, "policy/"), {"who": "martians"}).status_code == 422
    assert 'value="invited"' in owner.get(desk(track)).content.decode()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"days": "7"}, "until"),
        ({"days": ""}, "no end"),
        ({"days": "30", "password": "two words"}, "password"),
        ({"days": "30", "recipient": "<i>Ana</i>"}, "&lt;i&gt;Ana&lt;/i&gt;"),
    ],
)
def test_a_link_is_made_as_asked(
    track: Track, owner: Client, given: dict[str, str], says: str
) -> None:
    made = owner.post(desk(track, "links/"), given | {"may_comment": "on"}, follow=True)
    assert "Here is the link." in made.content.decode()
    assert says in made.content.decode()
    link = track.review_links.get()
    assert f"http://testserver/r/{link.token}/" in made.content.decode()
    assert "two words" not in link.password
    assert Client().get(f"/r/{link.token}/").status_code == 200


@pytest.mark.parametrize("wrong", [{"days": "365"}, {"recipient": "x" * 81}, {"password": "\0"}])
def test_a_link_that_cannot_be_is_refused(
    track: Track, owner: Client, wrong: dict[str, str]
) -> None:
    assert owner.post(desk(track, "links/"), wrong).status_code == 422
    assert not track.review_links.exists()

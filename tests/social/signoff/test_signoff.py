"""Signing a track off: who may, what each act does, and who hears of it."""

from typing import Any

import pytest
from django.test import Client

from social.models import Approver, Notification, Reviewer, SignOff, User
from social.signoff import services as signoff
from social.signoff.selectors import board
from tests.factories.social import UserFactory
from tests.factories.tracks import ReadyTrackFactory, add_version
from tests.jobs import read_events
from tracks.models import Track
from tracks.versions import services as versions

pytestmark = pytest.mark.django_db


@pytest.fixture
def track() -> Track:
    """A private track of its artist."""
    return ReadyTrackFactory()


@pytest.fixture
def ana(track: Track) -> User:
    """An approver."""
    return named(track, "ana")


@pytest.fixture
def bo(track: Track) -> User:
    """Another approver."""
    return named(track, "bo")


def named(track: Track, handle: str) -> User:
    user = UserFactory(handle=handle)
    signoff.name_approver(track=track, by=track.owner, user=user)
    return user


def act(client: Client, track: Track, kind: str, **more: Any) -> str:
    """Press a button as the page shows it now; return what the page says after it."""
    track.refresh_from_db()
    seen = {"stage": board(track).state.stage, "version": track.primary_version_id}
    url = f"/tracks/{track.slug}/sign-off/"
    answer = client.post(url, {"act": kind} | seen | more, follow=True)
    assert answer.status_code == 200
    return " ".join(str(each) for each in answer.context["messages"])


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def stage(track: Track) -> str:
    track.refresh_from_db()
    return board(track).state.stage


def test_the_last_signature_moves_it_on(track: Track, ana: User, bo: User) -> None:
    assert act(as_(ana), track, "signed") == "Signed."
    assert stage(track) == "draft"
    act(as_(bo), track, "signed")
    assert stage(track) == "mix"
    assert list(SignOff.objects.order_by("pk").values_list("act", "by__handle")) == [
        ("signed", "ana"),
        ("signed", "bo"),
        ("advanced", "bo"),
    ]


def test_from_draft_to_approved_and_a_new_version_asks_again(track: Track, ana: User) -> None:
    for _ in range(3):
        act(as_(ana), track, "signed")
    assert stage(track) == "approved"
    assert act(as_(ana), track, "signed") == "There is nothing to sign here."
    add_version(track)
    assert stage(track) == "master"
    assert ana.pk in board(track).state.waits_for


def test_declining_needs_words_and_the_artist_hears_them(track: Track, ana: User) -> None:
    assert act(as_(ana), track, "declined") == "Say what should change."
    assert not SignOff.objects.exists()
    act(as_(ana), track, "declined", note="The bass is too loud.")
    read_events()
    news = Notification.objects.get(user=track.owner)
    assert (news.kind, news.actor) == ("declined", ana)
    page = as_(track.owner).get(f"/tracks/{track.slug}/").content.decode()
    assert "The bass is too loud." in page
    assert act(as_(ana), track, "signed") == "Signed.", "one may be convinced"
    assert stage(track) == "mix"


def test_a_word_can_be_taken_back(track: Track, ana: User, bo: User) -> None:
    assert "nothing about this version" in act(as_(ana), track, "withdrawn")
    act(as_(ana), track, "signed")
    assert "already" in act(as_(ana), track, "signed")
    act(as_(ana), track, "withdrawn")
    act(as_(bo), track, "signed")
    assert stage(track) == "draft"


def test_alone_the_artist_moves_it(track: Track) -> None:
    assert act(as_(track.owner), track, "advanced") == "On to the next stage."
    assert stage(track) == "mix"


def test_with_approvers_the_artist_cannot_pass_them_by(track: Track, ana: User) -> None:
    assert "The people you have named sign it." in act(as_(track.owner), track, "advanced")
    assert "Only the people named" in act(as_(track.owner), track, "signed")
    assert stage(track) == "draft"


def test_the_artist_sends_it_back_and_the_approvers_are_asked_again(
    track: Track, ana: User
) -> None:
    act(as_(ana), track, "signed")
    read_events()
    Notification.objects.all().delete()
    assert "before this one" in act(as_(track.owner), track, "returned", to="master")
    act(as_(track.owner), track, "returned", to="draft", note="New chorus.")
    assert stage(track) == "draft"
    read_events()
    assert Notification.objects.get().user == ana
    assert "Only the artist" in act(as_(ana), track, "returned", to="draft")


def test_what_was_not_seen_cannot_be_signed(track: Track, ana: User) -> None:
    old = track.primary_version_id
    add_version(track)
    said = act(as_(ana), track, "signed", version=old)
    assert said == "It has moved on since you looked. Here is how it stands now."
    assert "moved on" in act(as_(ana), track, "signed", stage="mix")
    assert not SignOff.objects.exists()


def test_who_is_named_hears_of_it_and_may_open_the_track(track: Track, ana: User) -> None:
    read_events()
    assert Notification.objects.get(user=ana).kind == "approver"
    page = as_(ana).get(f"/tracks/{track.slug}/").content.decode()
    assert "Sign off the draft" in page


def test_who_is_named_no_longer_is_out(track: Track, ana: User, bo: User) -> None:
    epoch = track.primary_version.media.epoch
    act(as_(ana), track, "signed")
    client = as_(track.owner)
    assert client.post(f"/tracks/{track.slug}/review/approvers/bo/remove/").status_code == 302
    assert stage(track) == "mix", "nobody else was waited for"
    assert as_(bo).get(f"/tracks/{track.slug}/").status_code == 404
    track.primary_version.media.refresh_from_db()
    assert track.primary_version.media.epoch > epoch


def test_strangers_and_reviewers_do_not_sign(track: Track, ana: User) -> None:
    url = f"/tracks/{track.slug}/sign-off/"
    assert as_(UserFactory()).post(url, {"act": "signed"}).status_code == 404
    assert Client().post(url).status_code == 302
    reviewer = UserFactory()
    Reviewer.objects.create(track=track, user=reviewer, invited_by=track.owner)
    assert as_(reviewer).post(url, {"act": "signed"}).status_code == 404
    page = as_(reviewer).get(f"/tracks/{track.slug}/").content.decode()
    assert 'id="sign-off"' in page
    assert "Sign off the draft" not in page


@pytest.mark.parametrize(
    "wrong",
    [{"act": "burned"}, {"stage": "x"}, {"version": "1"}, {"to": "x"}, {"note": "x" * 2001}],
)
def test_nonsense_is_a_sentence(track: Track, ana: User, wrong: dict[str, str]) -> None:
    given = {"act": "signed", "stage": "draft", "version": str(track.primary_version_id)} | wrong
    answer = as_(ana).post(f"/tracks/{track.slug}/sign-off/", given, follow=True)
    assert answer.status_code == 200
    assert len(answer.context["messages"]) == 1
    assert not SignOff.objects.exists()


def test_naming_twice_is_once(track: Track, ana: User) -> None:
    signoff.name_approver(track=track, by=track.owner, user=ana)
    assert Approver.objects.count() == 1
    read_events()
    assert Notification.objects.filter(user=ana).count() == 1


def test_the_page_asks_few_questions_for_it(
    track: Track, ana: User, django_assert_max_num_queries: Any
) -> None:
    track.refresh_from_db()
    with django_assert_max_num_queries(2):
        board(track)


def test_another_version_shown_asks_once_more(
    track: Track, ana: User, bo: User, django_capture_on_commit_callbacks: Any
) -> None:
    first = track.primary_version
    add_version(track)
    act(as_(ana), track, "signed")
    read_events()
    Notification.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        versions.make_primary(version=first, by=track.owner)
    read_events()
    assert set(Notification.objects.values_list("user__handle", "kind")) == {
        ("ana", "approver"),
        ("bo", "approver"),
    }
    assert stage(track) == "draft"
    assert board(track).state.signed == frozenset()

"""Working on a playlist together: what one is asked to, and nothing more."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from config.lib.problems import Problem
from social.models import Notification, User
from tests.factories import moderation as judges
from tests.factories.social import UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReadyTrackFactory
from tests.jobs import read_events
from tracks.collections import services as collections
from tracks.models import Playlist, PlaylistCollaborator, PlaylistInvitation
from tracks.playlists.services import people

pytestmark = pytest.mark.django_db


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def playlist() -> Any:
    """Ada's private playlist, with an open and a closed piece of hers."""
    ada = UserFactory.create(handle="ada", display_name="Ada")
    made = PlaylistFactory.create(owner=ada, visibility="private", title="Ours")
    collections.add(collection=made, track=PublicTrackFactory.create(title="Open"))
    collections.add(collection=made, track=ReadyTrackFactory.create(title="Closed", owner=ada))
    return made


@pytest.fixture
def bo(playlist: Playlist) -> User:
    """Somebody who works on it."""
    person = UserFactory.create(handle="bo", display_name="Bo")
    people.invite(playlist=playlist, person=person, by=playlist.owner)
    people.accept(playlist=playlist, person=person)
    return person


def titles(client: Client, playlist: Playlist) -> list[str]:
    answer = client.get(f"/playlists/{playlist.slug}/")
    assert answer.status_code == 200
    return [item.track.title for item in answer.context["items"]]


def test_one_is_asked_by_name_and_accepts(playlist: Playlist) -> None:
    person = UserFactory.create(handle="bo", display_name="Bo")
    owner, theirs = browser(playlist.owner), browser(person)
    page = f"/playlists/{playlist.slug}/people/"
    assert "Nobody here" in owner.post(page, {"do": "invite", "handle": "@x"}, follow=True).text
    assert "your own" in owner.post(page, {"do": "invite", "handle": "ada"}, follow=True).text
    assert (
        "Bo was invited" in owner.post(page, {"do": "invite", "handle": " @Bo "}, follow=True).text
    )
    assert theirs.get(f"/playlists/{playlist.slug}/").status_code == 404, "not before they accept"
    assert theirs.get(f"/playlists/{playlist.slug}/edit/").status_code == 404
    together = f"/playlists/{playlist.slug}/together/"
    assert "invites you" in theirs.get(together).text
    theirs.post(together, {"do": "accept"})
    assert titles(theirs, playlist) == ["Open"], "never what they may not open"
    assert theirs.get(f"/playlists/{playlist.slug}/edit/").status_code == 200
    theirs.post(together, {"do": "leave"})
    assert theirs.get(f"/playlists/{playlist.slug}/").status_code == 404
    assert theirs.get(together).status_code == 404


def test_they_add_order_and_take_out_what_is_theirs(playlist: Playlist, bo: User) -> None:
    theirs = browser(bo)
    track = PublicTrackFactory.create(title="Bo's")
    assert "Ours" in theirs.get(f"/tracks/{track.slug}/collect/").text
    theirs.post(f"/playlists/{playlist.slug}/tracks/", {"track": str(track.pk)})
    first, _, mine = playlist.items.order_by("position")
    assert mine.added_by == bo
    move = reverse("playlist-move", args=[playlist.slug, mine.pk])
    theirs.post(move, {"behind": ""})
    assert titles(theirs, playlist) == ["Bo's", "Open"]
    page = theirs.get(f"/playlists/{playlist.slug}/edit/").text
    assert "Take out Bo" in page
    assert "Take out Open" not in page
    remove = reverse("playlist-remove", args=[playlist.slug, first.pk])
    assert "only what you have added" in theirs.post(remove, follow=True).text
    assert theirs.post(remove, headers={"X-Requested-With": "fetch"}).status_code == 403
    people.let_take_out(playlist=playlist, everything=True, by=playlist.owner)
    theirs.post(remove)
    theirs.post(reverse("playlist-remove", args=[playlist.slug, mine.pk]))
    assert [item.track.title for item in playlist.items.select_related("track")] == ["Closed"]


def test_they_never_rename_open_or_delete(playlist: Playlist, bo: User) -> None:
    theirs = browser(bo)
    words = {"title": "Mine", "description_md": "", "visibility": "public"}
    assert theirs.post(f"/playlists/{playlist.slug}/edit/", words).status_code == 404
    assert "Details" not in theirs.get(f"/playlists/{playlist.slug}/edit/").text
    for page in ("delete", "people", "rules"):
        assert theirs.get(f"/playlists/{playlist.slug}/{page}/").status_code == 404
        assert theirs.post(f"/playlists/{playlist.slug}/{page}/").status_code == 404
    with pytest.raises(Problem, match="Only its owner"):
        people.invite(playlist=playlist, person=UserFactory.create(), by=bo)
    with pytest.raises(Problem, match="Only its owner"):
        people.end(playlist=playlist, person=playlist.owner, by=bo)


def test_a_link_lets_in_until_it_ends(playlist: Playlist, client: Client) -> None:
    owner, person = browser(playlist.owner), UserFactory.create()
    page = f"/playlists/{playlist.slug}/people/"
    owner.post(page, {"do": "link"})
    token = PlaylistInvitation.objects.get().token
    assert f"/join/{token}/" in owner.get(page).text
    assert client.get(f"/join/{token}/").status_code == 302, "one signs in first"
    theirs = browser(person)
    assert "invites you" in theirs.get(f"/join/{token}/").text
    owner.post(page, {"do": "link"})
    again = PlaylistInvitation.objects.get().token
    assert theirs.post(f"/join/{token}/").status_code == 404
    assert theirs.post(f"/join/{again}/").status_code == 302
    assert playlist.collaborators.get().accepted_at
    owner.post(page, {"do": "end-link"})
    assert browser(UserFactory.create()).post(f"/join/{again}/").status_code == 404
    assert theirs.get("/join/short/").status_code == 404
    assert titles(theirs, playlist) == ["Open"], "who came by it stays"


def test_who_works_on_it_and_who_added_what_is_shown(playlist: Playlist, bo: User) -> None:
    playlist.visibility = "public"
    playlist.save()
    collections.add(collection=playlist, track=PublicTrackFactory.create(), by=bo)
    page = Client().get(playlist.get_absolute_url()).text
    assert 'with <a href="/@bo/" dir="auto">Bo</a>' in page
    assert page.count("added by Bo") == 1
    assert "added by Ada" not in page, "what its owner has added goes without saying"
    judges.ban(bo)
    page = Client().get(playlist.get_absolute_url()).text
    assert "/@bo/" not in page
    assert "by Bo" not in page


def test_a_ban_ends_what_they_may(playlist: Playlist, bo: User) -> None:
    theirs = browser(bo)
    judges.ban(bo)
    assert theirs.get(f"/playlists/{playlist.slug}/edit/").status_code in {302, 403}
    judges.unban(bo)
    judges.ban(playlist.owner)
    theirs = browser(bo)
    assert theirs.get(f"/playlists/{playlist.slug}/edit/").status_code == 404
    assert theirs.get(f"/playlists/{playlist.slug}/").status_code == 404
    link = PlaylistInvitation.objects.create(playlist=playlist)
    assert theirs.get(f"/join/{link.token}/").status_code == 404


def test_both_hear_of_it_and_are_led_there(playlist: Playlist) -> None:
    person = UserFactory.create(handle="bo")
    people.invite(playlist=playlist, person=person, by=playlist.owner)
    people.invite(playlist=playlist, person=person, by=playlist.owner)
    read_events()
    told = Notification.objects.get(user=person)
    theirs = browser(person)
    assert "invited you to work on a playlist" in theirs.get("/notifications/").text
    follow = theirs.post(reverse("notification", args=[told.pk]))
    assert follow["Location"] == f"/playlists/{playlist.slug}/together/"
    people.accept(playlist=playlist, person=person)
    read_events()
    told = Notification.objects.get(user=playlist.owner)
    follow = browser(playlist.owner).post(reverse("notification", args=[told.pk]))
    assert follow["Location"] == f"/playlists/{playlist.slug}/people/"


def test_an_invitation_taken_back_opens_nothing(playlist: Playlist) -> None:
    person = UserFactory.create(handle="bo")
    people.invite(playlist=playlist, person=person, by=playlist.owner)
    browser(playlist.owner).post(f"/playlists/{playlist.slug}/people/", {"do": "remove:bo"})
    with pytest.raises(Problem, match="taken back"):
        people.accept(playlist=playlist, person=person)


def test_there_is_an_end_to_it(playlist: Playlist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "PEOPLE_MOST", 1)
    people.invite(playlist=playlist, person=UserFactory.create(), by=playlist.owner)
    with pytest.raises(Problem, match="At most"):
        people.invite(playlist=playlist, person=UserFactory.create(), by=playlist.owner)
    assert PlaylistCollaborator.objects.count() == 1
